/**
 * What the checks say of parts of the platform that could not be read: that no receiver is declared is false where one
 * has a mistake in it.
 */
import type { Issue, IssueCode } from "../issue.ts";
import { nearest } from "../parse/read/nearest.ts";

/** The issues without those that follow from a field of the platform with a mistake of its own. */
export function withoutUnread(found: readonly Issue[], parsed: readonly Issue[]): Issue[] {
  const unread = parsed.filter(({ level, path }) => level === "error" && path[0] === "platform");
  const fields = new Set(unread.map(({ path }) => meant(String(path[1]))));
  const silent = [...fields].flatMap((field) => FOLLOWS[field] ?? []);
  return found.filter(({ code }) => !silent.includes(code));
}

/** A field whose name is misspelt is there, too. */
function meant(field: string): string {
  return nearest(field, Object.keys(FOLLOWS)) ?? field;
}

/** What follows from the absence of a field. */
const FOLLOWS: Readonly<Record<string, readonly IssueCode[]>> = {
  receivers: ["no-receivers", "missing-receiver", "owner-misspelt", "receiver-unused"],
  runbooks: ["missing-runbook"],
  buckets: ["buckets-unknown", "threshold-off-list"],
  foreign: ["metric-name"],
  metricTypes: ["not-a-counter", "not-a-gauge", "not-a-rate", "metric-name"],
};
