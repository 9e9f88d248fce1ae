/** Alerts that a change takes away, renames, or makes less urgent. What an alert is, its tier and reason say. */
import { severities, withArticle } from "../../compile/audience.ts";
import type { SentAlert } from "../../compile/plan.ts";
import type { Pair } from "../pair.ts";
import type { Break } from "./break.ts";

export function alertBreaks({ before, after }: Pair): Break[] {
  const old = firstByPlace(before.alerts);
  const now = firstByPlace(after.alerts);
  return [...old].flatMap(([place, alert]): Break[] => {
    const found = breakOf(alert, now.get(place));
    return found === undefined
      ? []
      : [{ ...found, type: after.type, id: after.id, message: `${found.message} of \`${after.id}\`.` }];
  });
}

function firstByPlace(alerts: readonly SentAlert[]): Map<string, SentAlert> {
  // Backwards: of several rules of one alert the first one stays.
  return new Map(alerts.toReversed().map((alert) => [placeOf(alert), alert]));
}

function placeOf({ labels, alert }: SentAlert): string {
  return JSON.stringify([labels.tier ?? alert, labels.reason ?? ""]);
}

function breakOf(old: SentAlert, now: SentAlert | undefined): Pick<Break, "kind" | "message"> | undefined {
  if (now === undefined)
    return { kind: "alert-gone", message: `Nothing takes the place of ${named(old)}, ${withArticle(old.severity)}` };
  if (severities.indexOf(now.severity) > severities.indexOf(old.severity))
    return {
      kind: "demoted",
      message: `A ${old.severity} becomes ${withArticle(now.severity)}: ${named(old)}${renamedTo(old, now)}`,
    };
  if (now.alert === old.alert) return undefined;
  return {
    kind: "alert-renamed",
    message: `${named(old)} is called ${named(now)} now, which silences and routes with the old name do not match: the alert`,
  };
}

function renamedTo(old: SentAlert, now: SentAlert): string {
  return now.alert === old.alert ? "" : `, now ${named(now)},`;
}

function named({ alert, labels: { reason } }: SentAlert): string {
  return reason === undefined ? `\`${alert}\`` : `\`${alert}\` (${reason})`;
}
