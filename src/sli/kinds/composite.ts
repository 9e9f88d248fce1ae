/** Made of other SLOs: the worst of them, their weighted mean, or all of them in series. */
import { z } from "zod";
import type { Expr, Matching } from "../../promql/ast.ts";
import { aggregateWithout, binary, call, chain, number, offset, over, selector, sumBy } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import type { Base } from "../counting/base.ts";
import { fault } from "../fault.ts";
import type { Combination, Counts, SliKind } from "../kind.ts";

/** The label that tells the components of one composite apart. */
export const COMPONENT = "slo_component";

const component = z.union([
  z.string().transform((slo) => ({ slo, weight: undefined })),
  z.strictObject({ slo: z.string(), weight: z.number().positive() }),
]);

const schema = z
  .strictObject({
    kind: z.literal("composite"),
    of: z.array(component),
    as: z.enum(["worst", "weighted", "serial"]),
  })
  .refine((sli) => sli.of.length >= 2, {
    path: ["of"],
    error: "a composite needs two components or more",
    params: fault("bad-value", 'Name SLOs as "service/slo".'),
  })
  .refine((sli) => sli.as === "weighted" || sli.of.every(({ weight }) => weight === undefined), {
    path: ["of"],
    error: "only a weighted composite has weights",
    params: fault("bad-value", 'Write `as: "weighted"`, or leave the weights out.'),
  })
  .refine((sli) => new Set(sli.of.map(({ slo }) => slo)).size === sli.of.length, {
    path: ["of"],
    error: "a component is named twice",
    params: fault("bad-value", "Name every component once; a weight makes it count more."),
  });

/** A composite, read. Components without a weight weigh 1. */
export type Composite = z.output<typeof schema>;

export const composite: SliKind<Composite> = {
  schema: schema as z.ZodType<Composite>,
  method: "events",
  counts,
  words: (sli) => ({ ...sentences(sli), unit: "traffic", symptom: "errors" }),
  history: () => undefined,
  countsFailures: false,
  components: ({ of }) => of,
  combination,
  examples: [
    { kind: "composite", of: ["svc/step-1", "svc/step-2"], as: "worst" },
    { kind: "composite", of: ["svc/step-1", "svc/step-2"], as: "serial" },
    {
      kind: "composite",
      of: [{ slo: "svc/step-1", weight: 1 }, { slo: "svc/step-2", weight: 4 }, "svc/step-3"],
      as: "weighted",
    },
  ],
};

/** What an unchecked declaration names as components. */
export function namedComponents(sli: Readonly<Record<string, unknown>>): readonly unknown[] {
  return sli.kind === "composite" && Array.isArray(sli.of) ? sli.of : [];
}

/** By group. No ratio is averaged over time, and a component without traffic is left out. */
function combination({ as }: Composite): Combination {
  const over = (op: string, expr: Expr): Expr => aggregateWithout(op, [COMPONENT], expr);
  switch (as) {
    case "worst":
      return {
        ratio: (ratios) => over("max", ratios),
        isWeighted: false,
        comment: "The worst of the components.",
      };
    case "weighted":
      return {
        ratio: weightedMean,
        isWeighted: true,
        comment: "The components' mean by weight; the sum of weights is of those that have traffic.",
      };
    case "serial":
      return {
        ratio: (ratios) => binary("-", number(1), call("exp", over("sum", call("ln", goodShare(ratios))))),
        isWeighted: false,
        comment:
          "What fails in any of them: 1 less the product of the good shares, as the exponential of a sum of logarithms.",
      };
  }
}

function weightedMean(ratios: Expr, weights: Expr): Expr {
  const weighed = (op: "*" | "+", each: Expr): Expr =>
    aggregateWithout("sum", [COMPONENT], binary(op, each, weights, onComponent));
  return binary("/", weighed("*", ratios), weighed("+", binary("*", number(0), ratios)));
}

const onComponent: Matching = { type: "on", labels: [COMPONENT], group: "left" };

/** The logarithm of what is below zero would be NaN, and poison the sum. */
function goodShare(ratios: Expr): Expr {
  return call("clamp_min", binary("-", number(1), ratios), number(0));
}

/** What the components' own rules recorded an evaluation ago: groups are evaluated at moments of their own. */
function counts(sli: Composite, base: Base): Counts {
  const components = sli.of.map(({ slo }) => ({
    labels: { [COMPONENT]: slo },
    total: recordedBy(slo, "total", base),
    bad: badOf(slo, base),
  }));
  return {
    total: chain("or", ...components.map(({ total }) => total)),
    part: { of: "bad", expr: chain("or", ...components.map(({ bad }) => bad)) },
    totalSeries: undefined,
    components,
    comments: {
      total:
        "What each component recorded, one evaluation later: its own rules are evaluated at a moment of their own.",
    },
  };
}

function badOf(slo: string, base: Base): Expr {
  if (!base.goodComponents?.includes(slo)) return recordedBy(slo, "bad", base);
  return binary("-", recordedBy(slo, "total", base), recordedBy(slo, "good", base));
}

function recordedBy(slo: string, count: "total" | "bad" | "good", base: Base): Expr {
  const by = base.by.filter((label) => label !== COMPONENT);
  const recorded = over(selector(`slo:${count}:increase`, idOf(slo)), base.intervalMs);
  return sumBy(by, call("sum_over_time", offset(recorded, base.intervalMs)));
}

/** An SLO's id as labels. */
function idOf(slo: string): Record<string, string> {
  const [service = "", name = ""] = slo.split("/");
  return { slo_service: service, slo: name };
}

function sentences({ of, as }: Composite): { readonly good: string; readonly bad: string } {
  const names = of.map(({ slo, weight }) => (weight === undefined ? slo : `${slo} (weight ${printNumber(weight)})`));
  const list = `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
  switch (as) {
    case "worst":
      return { good: `the good share of the worst of ${list}`, bad: `the bad share of the worst of ${list}` };
    case "weighted":
      return {
        good: `the weighted mean of the good shares of ${list}`,
        bad: `the weighted mean of the bad shares of ${list}`,
      };
    case "serial":
      return {
        good: `what goes well in all of ${list}, one after the other`,
        bad: `what fails in at least one of ${list}`,
      };
  }
}
