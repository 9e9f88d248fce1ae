/**
 * Whether what is bad or good is a part of the total: the same series, others, or those of another job make ratios of 0,
 * 1 or 300 percent, which look like numbers.
 */

import { type Issue, issue } from "../../issue.ts";
import { editDistance } from "../../parse/read/nearest.ts";
import type { Selector } from "../../promql/ast.ts";
import { allowsAll, implies } from "../../promql/overlap.ts";
import { print } from "../../promql/print.ts";
import { shapeOf } from "../../promql/shape/shape.ts";
import { declaredCounts } from "../../sli/index.ts";
import type { Counted, ParsedMetric } from "../../sli/metric.ts";
import type { Check } from "../check.ts";
import { type Fault, type SliUse, slisOf } from "../metrics/uses.ts";
import { contradicting, counterpart, ofOtherPlace, type Pair } from "./outside-total.ts";
import { swapped } from "./swapped-parts.ts";

export const partOfTotal: Check = {
  name: "parts",
  check: (plan) => slisOf(plan).flatMap(checkSli),
};

/** What counts in a field, as far as it can be held against others. */
interface Side {
  readonly field: "bad" | "good" | "total";
  readonly members: readonly Selector[];
  readonly isList: boolean;
}

function checkSli(use: SliUse): Issue[] {
  const counts = declaredCounts(use.sli);
  const sides = (["total", "bad", "good"] as const).flatMap((field) => sideOf(counts[field], field) ?? []);
  const [first, second] = sides;
  const own = sides.flatMap((side) => overlapping(side).map((fault) => ({ fault, place: [side.field] })));
  const both = first && second ? between(first, second) : [];
  return [...own, ...both].map(({ fault: { code, message, hint }, place }) =>
    issue(code, [...use.path, ...place], message, hint, use.source),
  );
}

/** Undefined where one of its members is not known: then nothing is certain. */
function sideOf(counted: Counted | undefined, field: Side["field"]): Side | undefined {
  if (counted === undefined) return undefined;
  const metrics = counted.type === "sum" ? counted.of : [counted];
  const members = metrics.flatMap((metric) => readBy(metric) ?? []);
  // Buckets have a check of their own.
  const isBucket = members.some(({ metric }) => metric.endsWith("_bucket"));
  if (members.length < metrics.length || isBucket) return undefined;
  return { field, members, isList: counted.type === "sum" };
}

/** The one counter that an expression rates. */
function readBy(metric: ParsedMetric): Selector | undefined {
  if (metric.type === "selector") return metric.selector;
  const { readings, selectors } = shapeOf(metric.text.replaceAll("$window", "1h"));
  const isPlain = readings.length === 1 && (readings[0]?.type === "rate" || metric.isPerPeriod === true);
  return isPlain && selectors.length === 1 ? selectors[0] : undefined;
}

interface Found {
  readonly fault: Fault;
  readonly place: readonly (string | number)[];
}

function between(first: Side, second: Side): Found[] {
  return first.field === "total" ? ofTotal(first, second) : ofBoth(first, second);
}

/** Whether a part is one of the total. */
function ofTotal(total: Side, part: Side): Found[] {
  if (part.field === "total") return [];
  const { field } = part;
  if (total.members.every((whole) => part.members.some((each) => contains(each, whole))))
    return [{ fault: sameAsTotal(field), place: [field] }];
  return part.members.flatMap((own, index) => {
    const pairs = total.members.map((whole): Pair => ({ total: whole, part: own, field }));
    const place = part.isList ? [field, index] : [field];
    const certain = pairs.map((pair) => contradicting(pair) ?? counterpart(pair));
    const [fault] = certain;
    if (fault && certain.every((each) => each !== undefined)) return [{ fault, place }];
    const doubts = [...pairs.slice(0, 1).map(swapped), ...pairs.map(nearlySame)];
    return doubts.flatMap((each) => (each ? [{ fault: each, place }] : []));
  });
}

/** Successes and failures make a total of their own: neither may hold the other. */
function ofBoth(bad: Side, good: Side): Found[] {
  const pairs = bad.members.flatMap((part) => good.members.map((total): Pair => ({ total, part, field: "bad" })));
  const doubled = pairs.find(({ total, part }) => contains(total, part) || contains(part, total));
  if (doubled) return [{ fault: countedTwice("`good` and `bad`", doubled), place: ["bad"] }];
  const elsewhere = pairs.map(ofOtherPlace);
  const [fault] = elsewhere;
  if (fault && elsewhere.every((each) => each !== undefined)) return [{ fault, place: ["bad"] }];
  return pairs.slice(0, 1).flatMap(({ total, part }) => {
    const sides: Pair[] = [
      { total, part, field: "bad" },
      { total: part, part: total, field: "good" },
    ];
    return sides.flatMap((pair) => {
      const fault = swapped(pair);
      return fault ? [{ fault, place: [pair.field] }] : [];
    });
  });
}

/** Members of one list that hold each other. */
function overlapping({ field, members }: Side): Fault[] {
  const pairs = members.flatMap((total, index) => members.slice(index + 1).map((part) => ({ total, part })));
  const doubled = pairs.find(({ total, part }) => contains(total, part) || contains(part, total));
  return doubled ? [countedTwice(`members of \`${field}\``, doubled)] : [];
}

function countedTwice(whose: string, { total, part }: Pick<Pair, "total" | "part">): Fault {
  const [wide, narrow] = contains(total, part) ? [total, part] : [part, total];
  return {
    code: "counted-twice",
    message: `${whose} overlap: what \`${print(narrow)}\` counts is in \`${print(wide)}\`, too, and would count twice.`,
    hint: "Give each event to one of them: leave one out, or narrow the wider one; of everything and its failures write events({ total, bad }).",
  };
}

/** Whether every series of the second is one of the first, for certain. */
function contains(wide: Selector, narrow: Selector): boolean {
  if (wide.metric !== narrow.metric) return false;
  return wide.matchers.every((own) => allowsAll(own) || narrow.matchers.some((other) => implies(other, own)));
}

function sameAsTotal(field: Pair["field"]): Fault {
  const share = field === "bad" ? "everything is bad" : "nothing is ever bad";
  return {
    code: "same-as-total",
    message: `\`${field}\` selects all that \`total\` does, so ${share}.`,
    hint: `Narrow it to what is ${field}, such as ${EXAMPLES[field]}.`,
  };
}

const EXAMPLES = { bad: '`code=~"5.."`', good: '`code!~"5.."`' } as const;

/** One letter away: most often one of the two is misspelt. */
function nearlySame({ total, part, field }: Pair): Fault | undefined {
  const [a, b] = [total.metric, part.metric];
  if (a.length < 8 || editDistance(a, b) !== 1) return undefined;
  return {
    code: "names-nearly-same",
    message: `\`total\` reads \`${a}\` and \`${field}\` reads \`${b}\`, which are one letter apart.`,
    hint: `Write the same name in both, where one is misspelt: a metric that does not exist counts nothing.`,
  };
}
