/** Objectives: percent of good events, for the SLO as a whole and for single groups. */
import { z } from "zod";
import type { GroupObjective } from "../../model/service.ts";
import { errorBudget, exact } from "../../promql/number.ts";
import { fault, refuse } from "../../sli/fault.ts";
import type { Problem } from "../read/read.ts";
import { inKeyOrder } from "../text/labels.ts";

/** Percent, in (1, 100). */
export const objectiveSchema = z.number().transform((percent, context): number => {
  const problem = objectiveProblem(percent);
  return problem === undefined ? percent : refuse(context, "objective-out-of-range", ...problem);
});

const matchSchema = z.record(z.string(), z.string()).refine((match) => Object.keys(match).length > 0, {
  error: "it matches every group",
  params: fault("objectives-unclear", "Name a group by its labels, or change the SLO's `objective`."),
});

/** By value of the one label, or by several labels. */
export const objectivesSchema = z.union([
  z.record(z.string(), objectiveSchema),
  z.array(z.strictObject({ match: matchSchema, objective: objectiveSchema })),
]);

type Declared = z.output<typeof objectivesSchema>;

/** Objectives of single groups, in one form, by the labels that they match. */
export function groupObjectives(declared: Declared | undefined, groupBy: readonly string[]): GroupObjective[] {
  return entries(declared, groupBy)
    .map(({ match, objective }) => ({
      match: inKeyOrder(match),
      objectivePercent: objective,
      errorBudget: errorBudget(objective),
    }))
    .sort((a, b) => (JSON.stringify(a.match) < JSON.stringify(b.match) ? -1 : 1));
}

/** Entries that match no group, or the same one twice. Paths are within the SLO. */
export function objectivesProblems(
  declared: Declared | undefined,
  groupBy: readonly string[],
  groupLabels: readonly string[],
): Problem[] {
  if (declared === undefined) return [];
  if (!Array.isArray(declared) && groupBy.length !== 1) return [severalLabels(groupBy)];
  const all = entries(declared, groupBy);
  const placeOf = (index: number): (string | number)[] => [
    "objectives",
    Array.isArray(declared) ? index : (Object.keys(declared)[index] ?? index),
  ];
  return all.flatMap(({ match }, index) => [
    ...unknownLabels(match, groupLabels, [...placeOf(index), "match"]),
    ...overlaps(all.slice(0, index), match, placeOf(index)),
  ]);
}

interface Entry {
  readonly match: Readonly<Record<string, string>>;
  readonly objective: number;
}

function entries(declared: Declared | undefined, groupBy: readonly string[]): readonly Entry[] {
  if (declared === undefined) return [];
  if (Array.isArray(declared)) return declared;
  const [label = ""] = groupBy;
  return Object.entries(declared).map(([value, objective]) => ({ match: { [label]: value }, objective }));
}

function severalLabels(groupBy: readonly string[]): Problem {
  const labels = groupBy.length === 0 ? "no label" : `the labels ${groupBy.join(", ")}`;
  return {
    code: "objectives-unclear",
    path: ["objectives"],
    message: `groups are split by ${labels}, so a single value does not name one of them.`,
    hint:
      groupBy.length === 0
        ? 'Group by a label, such as groupBy: ["model"].'
        : `Write a list: [{ match: { ${groupBy[0]}: "…" }, objective: 99.5 }].`,
  };
}

function unknownLabels(match: Entry["match"], known: readonly string[], path: (string | number)[]): Problem[] {
  return Object.keys(match)
    .filter((label) => !known.includes(label))
    .map((label) => ({
      code: "objectives-unclear",
      path: [...path, label],
      message: `\`${label}\` is not a groupBy label, so this matches no group.`,
      hint: `Add it to groupBy, or match one of ${known.join(", ")}.`,
    }));
}

function overlaps(earlier: readonly Entry[], match: Entry["match"], path: (string | number)[]): Problem[] {
  const other = earlier.find((entry) => !apart(entry.match, match));
  if (!other) return [];
  return [
    {
      code: "objectives-unclear",
      path,
      message: `a group that matches this can also match ${JSON.stringify(other.match)}, and would have two objectives.`,
      hint: "Give both a label with different values, or merge them.",
    },
  ];
}

/** No group can match both. */
function apart(a: Entry["match"], b: Entry["match"]): boolean {
  return Object.entries(a).some(([label, value]) => label in b && b[label] !== value);
}

const PERCENT_HINT = "Objectives are percent, always, such as 99.9.";

function objectiveProblem(percent: number): [message: string, hint: string] | undefined {
  if (percent >= 100)
    return [
      `an objective of ${percent} leaves no error budget, so every error would page`,
      "Choose a value below 100, such as 99.9.",
    ];
  if (percent <= 0) return [`an objective of ${percent} is not an objective`, PERCENT_HINT];
  if (percent <= 1)
    return [`an objective of ${percent} percent is probably a mistake`, `${PERCENT_HINT} ${meantPercent(percent)}`];
  if (Number(percent.toFixed(6)) !== percent)
    return [`${percent} has more than six decimals`, `Write ${accepted(percent)}.`];
  return undefined;
}

/** A ratio of what is good, or where that would be hardly anything, of what may be bad. */
function meantPercent(ratio: number): string {
  if (ratio === 1) return "Write 99.";
  return ratio > 0.01
    ? `Write ${accepted(exact(ratio * 100))}.`
    : `Where this is the error budget, write ${accepted(exact(100 - ratio * 100))}.`;
}

/** The nearest percentage that is one. */
function accepted(percent: number): number {
  return Math.min(Math.max(Number(percent.toFixed(6)), 1.000001), 99.999999);
}
