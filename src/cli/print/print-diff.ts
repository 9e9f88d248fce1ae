/** A diff on a terminal: one sentence, what breaks, and what changes. */
import { type AlikeChanges, adviceOnce, alike, rulesWords } from "../../diff/alike.ts";
import type { Break } from "../../diff/breaks/breaks.ts";
import type { Change, Diff, RuleCounts } from "../../diff/diff.ts";
import type { FactChange } from "../../diff/facts/fact.ts";
import { headline } from "../../diff/markdown/headline.ts";
import { oneLine, someOf } from "../../diff/words.ts";
import { alignColumns } from "./table.ts";
import type { Paint } from "./terminal.ts";

/** Everything of it, as text. `base` is what it is compared with, as it was given. */
export function printDiff(diff: Diff, base: string, paint: Paint): string {
  if (diff.changes.length === 0) return `Against ${base} nothing changes.`;
  const breaks = adviceOnce(diff.breaks).map((each) => printBreak(each, paint));
  const parts = [
    paint("bold", headline(diff)),
    ...(breaks.length === 0 ? [] : [[paint("bold", "What breaks"), ...breaks].join("\n")]),
    ...alike(diff.changes).map((each) => printChange(each, paint)),
  ];
  return parts.join("\n\n");
}

function printBreak({ kind, message, remedy, accepted }: Break, paint: Paint): string {
  const why = accepted === undefined ? "" : `\n    Accepted: ${oneLine(accepted)}`;
  const advice = remedy === undefined ? "" : `\n${paint("dim", `    ${oneLine(remedy)}`)}`;
  return `  ${paint("yellow", kind)}  ${oneLine(message)}${why}${advice}`;
}

function printChange({ change, ids, rules }: AlikeChanges, paint: Paint): string {
  const { kind, formerId, facts } = change;
  const was = formerId === undefined ? "" : `, formerly ${formerId}`;
  const shown = kind === "added" || kind === "removed" ? facts.filter(({ isMain }) => isMain) : facts;
  const rows = shown.flatMap((fact) => factRows(fact, kind));
  const head = `${paint("cyan", oneLine(someOf(ids)))}${was}  ${paint("dim", howWords(change, rules))}`.trimEnd();
  return rows.length === 0 ? head : `${head}\n${alignColumns(rows, "  ")}`;
}

function howWords({ kind, type }: Change, rules: RuleCounts): string {
  if (kind !== "changed") return kind;
  return rules.before === 0 && rules.after === 0 ? "" : rulesWords(rules, type);
}

/** What is long stands one below the other: a terminal is narrow. */
function factRows({ label, before, after }: FactChange, kind: Change["kind"]): string[][] {
  const [old, now] = [before, after].map((side) => oneLine(side?.words ?? "–")) as [string, string];
  const name = oneLine(label);
  if (kind === "added" || kind === "removed") return [[name, kind === "added" ? now : old]];
  return old.length + now.length <= NARROW
    ? [[name, `${old} → ${now}`]]
    : [
        [name, old],
        ["", `→ ${now}`],
      ];
}

const NARROW = 60;
