/**
 * Whether expressions give what is made of them: rates per second, by the labels of the groups, and nothing that was
 * never measured.
 */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { nearest } from "../../parse/read/nearest.ts";
import type { Reading, Shape } from "../../promql/shape.ts";
import { shapeOf } from "../../promql/shape.ts";
import type { Check } from "../check.ts";
import { isPerPeriod, isRecordedRate } from "./metric-types.ts";
import { type Fault, type Use, usesOf } from "./uses.ts";

export const expressions: Check = {
  name: "expressions",
  check: (plan) => usesOf(plan).flatMap((use) => checkExpression(use, plan.platform.metricTypes)),
};

function checkExpression(use: Use, types: Plan["platform"]["metricTypes"]): Issue[] {
  if (use.metric.type !== "promql" || use.metric.isPerPeriod) return [];
  const shape = shapeOf(use.metric.text.replaceAll("$window", "1h"));
  const rate = use.as === "counter" ? shape.readings.flatMap((reading) => noRate(reading, types)).slice(0, 1) : [];
  const found = [...rate, ...lackingLabels(use, shape), ...filledIn(use, shape)];
  return found.map(({ code, message, hint }) => issue(code, [...use.path, "promql"], message, hint, use.source));
}

/** Counts are a rate times the seconds of an evaluation. */
function noRate(reading: Reading, types: Plan["platform"]["metricTypes"]): Fault[] {
  switch (reading.type) {
    case "rate":
      return [];
    case "share":
      return [notARate("it divides a rate by a rate, which is a share and counts nothing", SHARE_HINT)];
    case "range":
      return reading.scaled ? [] : [notARate(rangeWords(reading.name), rangeHint(reading.name))];
    case "instant":
      return isPerSecond(reading, types) ? [] : [notARate(instantWords(reading.metric), INSTANT_HINT)];
  }
}

const SHARE_HINT = "Give the rate alone: firebreak divides. A share that exists already is `ratio({ good })`.";
const INSTANT_HINT =
  'Write sum(rate(…[$window])) of a counter; divide what counts a period by its seconds; for slices of time use `gauge`. Where it is a rate per second already, say so in the platform: metricTypes: { …: "gauge" }.';

function notARate(message: string, hint: string): Fault {
  return { code: "not-a-rate", message: `${message}; a rate per second is wanted.`, hint };
}

function rangeWords(name: string): string {
  return name === "increase"
    ? "`increase` gives events of its whole range, so every event would count many times"
    : `\`${name}\` gives no events per second`;
}

function rangeHint(name: string): string {
  const instead = name === "increase" ? "Write `rate` for `increase`" : "Write sum(rate(…[$window])) of a counter";
  return `${instead}; what counts a period is divided by the period's seconds.`;
}

function instantWords(metric: string): string {
  return `\`${metric}\` stands without \`rate\`, so what it shows would count at every evaluation`;
}

/** Its name or the platform says so, or it is divided and no counter. */
function isPerSecond(
  { metric, scaled }: Extract<Reading, { type: "instant" }>,
  types: Plan["platform"]["metricTypes"],
) {
  if (Object.hasOwn(types, metric)) return types[metric] === "gauge";
  if (isRecordedRate(metric) || /(?:^|_)(per_second|rps|qps|rate)$/.test(metric)) return true;
  return scaled && (isPerPeriod(metric) || !/_(total|bucket|count|sum)$/.test(metric));
}

/** A group without its label is one nameless group. */
function lackingLabels({ by = [] }: Use, { labels }: Shape): Fault[] {
  const kept = labels.find((each) => each !== undefined && by.some((label) => !each.includes(label)));
  if (!kept) return [];
  const missing = by.filter((label) => !kept.includes(label));
  const meant = missing.flatMap(
    (label) =>
      nearest(
        label,
        kept.filter((own) => !by.includes(own)),
      ) ?? [],
  );
  const [label] = missing;
  return [
    {
      code: "by-lacks-label",
      message: `it is grouped by ${kept.length === 0 ? "nothing" : kept.map((own) => `\`${own}\``).join(", ")}, and ${missing.map((each) => `\`${each}\``).join(", ")} would be empty in every result.`,
      hint:
        meant.length > 0
          ? `Write \`${label}\` in place of \`${meant[0]}\`.`
          : `Write sum by (${[...by].join(", ")}) (…), outermost.`,
    },
  ];
}

function filledIn({ as, by = [], path }: Use, { filled }: Shape): Fault[] {
  const [number] = filled;
  if (number === undefined) return [];
  if (by.length > 0)
    return [
      invented(
        `\`or vector(${number})\` has none of the labels ${by.map((label) => `\`${label}\``).join(", ")}: it is a group of its own, for ever`,
      ),
    ];
  if (as !== "counter") return [];
  const isWhole = /^(total|count|metric)$/.test(String(path.at(-1)));
  if (number !== 0) return [invented(`\`or vector(${number})\` counts events that never were`)];
  return [
    {
      code: "needless-zero",
      message: isWhole
        ? "`or vector(0)` is always there, so nothing would say that the metric has no data."
        : "`or vector(0)` is there when the service is gone, too.",
      hint: isWhole
        ? "Leave it out: without data nothing counts."
        : "Leave it out: where `total` is there, a missing `bad` is zero.",
    },
  ];
}

function invented(message: string): Fault {
  return {
    code: "invented-events",
    message: `${message}.`,
    hint: "Leave it out: where `total` is there, a missing `bad` is zero, with the total's own labels.",
  };
}
