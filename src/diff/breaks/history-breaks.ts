/** History that a change loses: series under another name start over, and a changed meaning mixes two. */
import { printSeconds } from "../../promql/duration.ts";
import type { Pair } from "../pair.ts";
import type { Subject } from "../subject.ts";
import { code, upperFirst } from "../words.ts";
import type { Break } from "./break.ts";
import { falseAlarm, longestWindow, newTiles, startsCountingGood } from "./sums.ts";

/** @param renamed - Whether the pair has two names. */
export function historyBreaks(pair: Pair, renamed: boolean): Break[] {
  const { before, after } = pair;
  if (after.memory === undefined) return [];
  if (renamed) return [lost("renamed", after, `\`${before.id}\` is now \`${after.id}\``)];
  if (after.type === "budget") return budgetBreaks(pair);
  if (before.groupLabels.join() !== after.groupLabels.join()) return [emptied(after, splitWords(pair))];
  if (after.type === "experiment") return partBreaks(pair);
  if (before.counts !== after.counts) return [mixed(pair)];
  if (startsNewSum(before, after)) return [lost("recounted", after, `${code(after.id)} is summed over another period`)];
  return tileBreaks(pair);
}

/** An SLI of an experiment that is new, or gone, mixes nothing. */
function partBreaks({ before, after }: Pair): Break[] {
  const changed = [...(after.parts ?? [])].filter(([name, counts]) => (before.parts?.get(name) ?? counts) !== counts);
  if (changed.length === 0) return [];
  const names = changed.map(([name]) => name).join(" and ");
  const message = `${code(after.id)} counts something else for ${names}: its windows mix both until ${untilWords(after)}.`;
  const remedy = "Rename what changed, or the experiment, if the mixture would mislead: the new name starts empty.";
  return [breakOf("recounted", after, message, remedy)];
}

/** Its sum goes on under its name, whatever is counted and by whichever labels; only the name has the unit and the period. */
function budgetBreaks({ before, after }: Pair): Break[] {
  const [old, now] = [before.spend, after.spend];
  const id = code(after.id);
  if (old?.unit !== now?.unit) return [lost("recounted", after, `${id} is in ${now?.unit} instead of ${old?.unit}`)];
  if (startsNewSum(before, after)) return [lost("recounted", after, `${id} is summed over another period`)];
  const isSplit = before.groupLabels.join() !== after.groupLabels.join();
  const split = `${id} ${splitWords({ before, after })}`;
  if (isSplit && old?.identity !== now?.identity) return [lost("recounted", after, split)];
  const until = untilWords(after);
  return [
    ...(isSplit
      ? [
          goesOn(
            after,
            `${split}: sums of single values begin at zero, and the overall sum keeps what was spent before only in part.`,
          ),
        ]
      : []),
    ...(old?.meter === now?.meter
      ? []
      : [goesOn(after, `${id} counts something else: its sum holds both until ${until}.`)]),
  ];
}

function goesOn(subject: Subject, message: string): Break {
  return breakOf("recounted", subject, message);
}

function startsNewSum(before: Subject, after: Subject): boolean {
  return after.memory?.kind === "calendar" && calendarOf(before) !== calendarOf(after);
}

/** What a month has counted is carried on, whatever the tiles are. */
function tileBreaks(pair: Pair): Break[] {
  const [tile] = newTiles(pair);
  const { after } = pair;
  if (tile === undefined) return [];
  const seconds = after.memory?.kind === "rolling" ? after.memory.seconds : longestWindow(after);
  return [emptied({ ...after, memory: { kind: "rolling", seconds } }, `sums long windows from ${code(tile)} now`)];
}

function calendarOf({ memory }: Subject): string | undefined {
  return memory?.kind === "calendar" ? memory.unit : undefined;
}

function lost(kind: Kind, subject: Subject, what: string): Break {
  const start = subject.type === "experiment" ? "comparison starts empty" : "budget starts full";
  const complete = `${subject.memory?.kind === "calendar" ? "when " : ""}${untilWords(subject)}`;
  const message = `${what} and loses its history: the ${start} and is complete again ${complete}.${kind === "renamed" ? SILENCES : ""}`;
  return breakOf(kind, subject, message);
}

type Kind = "renamed" | "recounted";

function breakOf(kind: Kind, subject: Subject, message: string, remedy = remedyOf(kind, subject)): Break {
  const { type, id } = subject;
  return { kind, type, id, message, ...(remedy === undefined ? {} : { remedy }), ...youngOf(subject) };
}

/** They match the labels of alerts, which have the name. */
const SILENCES = " Silences with the old name no longer match.";

/** It keeps its name, so the rules that say how much of a window was measured know nothing of its loss. */
function emptied(subject: Subject, what: string): Break {
  const { type, id } = subject;
  if (type !== "slo") return lost("recounted", subject, `${code(id)} ${what}`);
  const message = `${code(id)} ${what} and loses its history: its windows start empty but count as complete, so a short failure weighs too much until ${untilWords(subject)}.`;
  return breakOf("recounted", subject, message, `${RENAME}, or ${backfill(subject)}`);
}

const RENAME = "Give it another name as well (`formerly`), so that the time before counts as good";

function mixed(pair: Pair): Break {
  const alarm = startsCountingGood(pair) ? falseAlarm(pair.after) : undefined;
  const windows = `its windows mix both until ${untilWords(pair.after)}`;
  const message = `${code(pair.after.id)} counts something else: ${alarm ? `${alarmWords(alarm)}; ` : ""}${windows}.`;
  const remedy = alarm ? `${RENAME}.` : "Give it another name where the mixture would mislead.";
  return breakOf("recounted", pair.after, message, remedy);
}

function alarmWords({ severity, until }: NonNullable<ReturnType<typeof falseAlarm>>): string {
  const alerts = severity === "page" ? "pages" : "opens tickets";
  return `it ${alerts} without any failure for up to ${until}, because its windows hold totals from before and nothing good`;
}

function untilWords({ memory }: Subject): string {
  return memory?.kind === "calendar"
    ? `the next ${memory.unit} begins`
    : `${printSeconds(memory?.seconds ?? 0)} after the deployment`;
}

function youngOf({ memory }: Subject): { youngSeconds?: number } {
  return memory?.kind === "rolling" ? { youngSeconds: memory.seconds } : {};
}

function remedyOf(kind: Kind, subject: Subject): string | undefined {
  const keep = kind === "renamed" ? "Keep the name, or " : "";
  if (subject.type === "slo") return upperFirst(`${keep}${backfill(subject)}`);
  // Sums that carry themselves on from tile to tile cannot be made for the past.
  if (subject.type === "budget")
    return upperFirst(`${keep}change it when a period ends: no backfill makes what it counted.`);
  return kind === "renamed" ? "Keep the name while the experiment runs." : undefined;
}

function backfill({ service, memory }: Subject): string {
  const passes = `\`node passes.mjs generated/prometheus/${service}.rules.yaml\``;
  const blocks = `\`promtool tsdb create-blocks-from rules --url … --start … --end … pass-1.rules.yaml\``;
  const kept = memory?.kind === "calendar" ? "; that makes its windows, and not the sum of the period" : "";
  return `backfill (docs/upgrade.md): ${passes}, then ${blocks} and so on for each pass${kept}.`;
}

function splitWords({ before, after }: Pair): string {
  if (before.groupLabels.length === 0) return `is now grouped by ${labelWords(after)}`;
  if (after.groupLabels.length === 0) return `is no longer grouped by ${labelWords(before)}`;
  return `is grouped by ${labelWords(after)} instead of ${labelWords(before)}`;
}

function labelWords({ groupLabels }: Subject): string {
  return groupLabels.length === 0 ? "no label" : groupLabels.map((label) => `\`${label}\``).join(", ");
}
