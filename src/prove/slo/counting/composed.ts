/** Composites, of what the rules of their components record: each fails at a rate of its own, all the time. */
import type { SloPlan } from "../../../compile/plan.ts";
import { quote } from "../../../promql/print-selector.ts";
import type { Proof } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import { type InputSeries, seriesName } from "../../series-text.ts";

type Composite = Extract<SloPlan["slo"]["sli"], { readonly kind: "composite" }>;

const UNITS = 1000;
/** Long enough that every window has some of it. */
const UNTIL = 30 * 60;

/** Components of the same service have rules in the file, which record them: those are proven by themselves. */
export function proveComposed({ slo, groupLabels, measurement }: SloPlan, all: readonly SloPlan[]): Proof[] {
  const { sli } = slo;
  if (sli.kind !== "composite" || slo.exclusions.length > 0 || slo.budgeting.kind !== "events") return [];
  if (sli.of.some((one) => all.some((other) => other.slo.id === one.slo))) return [];
  if (isOnEdge(ratioOf(sli))) return [];
  const group = Object.fromEntries(groupLabels.map((label) => [label, "a"]));
  const { every, until } = timesOf(slo.evaluationSeconds);
  const goods = measurement.base.goodComponents ?? [];
  const labels = seriesName("", { slo_service: slo.service, slo: slo.name, ...group });
  const ratios = `{__name__=~"slo:error_ratio:rate.+", slo_service=${quote(slo.service)}, slo=${quote(slo.name)}}`;
  return [
    {
      scenario: "components fail, each at its own rate",
      name: slo.name,
      story: `${sli.of.map((one, place) => `of ${one.slo} ${failing(place, sli)} of ${UNITS} fail`).join(", ")}: in every window that is ${rounded(ratioOf(sli))}`,
      everySeconds: every,
      untilSeconds: until,
      series: (end) =>
        sli.of.flatMap(({ slo: id }, place) => recordedOf(id, failing(place, sli), group, { goods, end, every })),
      expectations: ["max", "min"].map((which) => ({
        atSeconds: until,
        query: `round(${which} by (${["slo_service", "slo", ...groupLabels].join(", ")}) (${ratios}), 0.0001)`,
        samples: [{ labels, value: rounded(ratioOf(sli)) }],
      })),
      proves: [],
    },
  ];
}

/** Components are evaluated twice as often as what is made of them. */
function timesOf(evaluationSeconds: number): { readonly every: number; readonly until: number } {
  return { every: evaluationSeconds / 2, until: Math.ceil(UNTIL / evaluationSeconds) * evaluationSeconds };
}

function failing(place: number, { of }: Composite): number {
  return Math.round((UNITS * (place + 1)) / (2 * of.length));
}

/** What the kind of composite makes of the shares. */
function ratioOf(sli: Composite): number {
  const shares = sli.of.map(({ weight = 1 }, place) => ({ weight, bad: failing(place, sli) / UNITS }));
  const sum = (values: readonly number[]): number => values.reduce((so, value) => so + value, 0);
  switch (sli.as) {
    case "worst":
      return Math.max(...shares.map(({ bad }) => bad));
    case "weighted":
      return sum(shares.map(({ weight, bad }) => weight * bad)) / sum(shares.map(({ weight }) => weight));
    case "serial":
      return 1 - shares.reduce((so, { bad }) => so * (1 - bad), 1);
  }
}

function rounded(ratio: number): number {
  return Math.floor(ratio * 10_000 + 0.5) / 10_000;
}

/** Two ways to compute the same may round to different sides. */
function isOnEdge(ratio: number): boolean {
  return Math.abs(((ratio * 10_000) % 1) - 0.5) < 1e-6;
}

interface Recorded {
  /** Components that record what is good. */
  readonly goods: readonly string[];
  readonly end: number;
  readonly every: number;
}

function recordedOf(id: string, bad: number, group: Labels, { goods, end, every }: Recorded): InputSeries[] {
  const [slo_service = "", slo = ""] = id.split("/");
  const part = goods.includes(id) ? (["good", UNITS - bad] as const) : (["bad", bad] as const);
  return [["total", UNITS] as const, part].map(([sort, value]) => ({
    series: seriesName(`slo:${sort}:increase`, { slo_service, slo, ...group }),
    values: `${value}x${Math.ceil(end / every)}`,
  }));
}
