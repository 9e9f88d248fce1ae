/**
 * Whether expressions give what is made of them: rates per second, by the labels of the groups, and nothing that was
 * never measured.
 */

import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import { nearest } from "../../parse/read/nearest.ts";
import { printLabel } from "../../promql/print-selector.ts";
import { type Shape, shapeOf } from "../../promql/shape/shape.ts";
import type { Check } from "../check.ts";
import { noRate } from "./no-rate.ts";
import { noValue } from "./no-value.ts";
import { type Fault, type Use, usesOf } from "./uses.ts";

type Types = Plan["platform"]["metricTypes"];

export const expressions: Check = {
  name: "expressions",
  check: (plan) => usesOf(plan).flatMap((use) => checkExpression(use, plan.platform.metricTypes)),
};

function checkExpression(use: Use, types: Types): Issue[] {
  if (use.metric.type !== "promql" || use.metric.isPerPeriod) return [];
  // No round number, so that nothing is divided by its seconds by chance.
  const shape = shapeOf(use.metric.text.replaceAll("$window", "61m"));
  const rate = use.as === "counter" ? shape.readings.flatMap((reading) => noRate(reading, types)) : [];
  const value = noValue(use, shape, types);
  const found = [...rate.slice(0, 1), ...value, ...lackingLabels(use, shape), ...filledIn(use, shape)];
  return found.map(({ code, message, hint }) => issue(code, [...use.path, "promql"], message, hint, use.source));
}

/** A group without its label is one nameless group. */
function lackingLabels({ by = [] }: Use, { labels, dropped }: Shape): Fault[] {
  const taken = by.filter((label) => dropped.includes(label));
  if (taken.length > 0)
    return [
      {
        code: "by-lacks-label",
        message: `\`without\` takes ${taken.map((each) => `\`${each}\``).join(", ")} away, which would be empty in every result.`,
        hint: `Write sum by (${[...by].map(printLabel).join(", ")}) (…), outermost.`,
      },
    ];
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
          : `Write sum by (${[...by].map(printLabel).join(", ")}) (…), outermost.`,
    },
  ];
}

function filledIn(use: Use, { filled, filledInside, added }: Shape): Fault[] {
  const [number] = filled;
  const [more] = added;
  if (use.as === "counter" && more !== undefined) return [invented(`\`${more}\` counts events that never were`)];
  if (number !== undefined) return filledOutside(use, number);
  return use.as === "counter" && filledInside.includes(0) ? [zeroInside(use)] : [];
}

/** A sum of counters of which some may be missing. */
function zeroInside({ path }: Use): Fault {
  return {
    code: "needless-zero",
    message: "`or vector(0)` is always there, so nothing would say that the metric has no data.",
    hint: `Give the counters as a list, of which a missing one is zero: ${String(path.at(-1))}: ["…", "…"]; or leave the zero out.`,
  };
}

function filledOutside({ as, by = [], path }: Use, number: number): Fault[] {
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
