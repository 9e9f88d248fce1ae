/**
 * Pyrra's formulas, written out: the same rates over raw series for every window, the period as raw increases, and alerts with
 * a `for`. Of a 28-day SLO, for which its windows are round; its fourth window is 4d where others have 3d.
 */
import { join } from "node:path";
import { errorBudgetOf, type Peer, windowName } from "./peer.ts";
import { writeRules } from "./rule-file.ts";
import { type BenchSlo, TOTAL } from "./slo.ts";

const TIERS = [
  { name: "page-fast", burn: 14, long: 3600, short: 300, for: "2m" },
  { name: "page-slow", burn: 7, long: 21_600, short: 1800, for: "15m" },
  { name: "ticket-fast", burn: 2, long: 86_400, short: 7200, for: "1h" },
  { name: "ticket-slow", burn: 1, long: 345_600, short: 21_600, for: "3h" },
] as const;
const WINDOWS = [...new Set(TIERS.flatMap(({ long, short }) => [short, long]))];
const PERIOD = 28 * 86_400;

const errorsIncrease = ({ bad }: BenchSlo): string => `${bad.replace("_total", "")}:increase4w`;
const totalIncrease = "requests:increase4w";

export const pyrra: Peer = {
  name: "Pyrra",
  settleMs: 0,
  rules: (folder, slos) => [writeRules(join(folder, "pyrra.rules.yaml"), slos.flatMap(groupsOf))],
  windows: TIERS.flatMap(({ burn, long, short }) =>
    (short === 300 ? [short, long] : [long]).map((seconds) => ({
      seconds,
      burn,
      labels: ({ name }) => ({ __name__: ratioName(seconds), slo: name }),
    })),
  ),
  period: {
    seconds: PERIOD,
    labels: ({ name }) => ({ __name__: "pyrra_availability", slo: name }),
    ratio: (availability) => 1 - availability,
  },
  alertOf: ({ name }) => ({ slo: name }),
  alerts: Object.fromEntries(
    TIERS.map((tier) => [tier.name, { alertname: "ErrorBudgetBurn", long: windowName(tier.long) }]),
  ),
  periodOnly: ["pyrra_availability"],
};

function ratioName(seconds: number): string {
  return `requests:burnrate${windowName(seconds)}`;
}

function by({ groupBy = [] }: BenchSlo): string {
  return groupBy.length > 0 ? ` by (${groupBy.join(", ")})` : "";
}

function groupsOf(slo: BenchSlo): { name: string; interval: string; rules: object[] }[] {
  const labels = { slo: slo.name };
  const increase = (record: string, metric: string): object => ({
    record,
    expr: `sum${by(slo)} (increase(${metric}[4w]))`,
    labels,
  });
  const generic = {
    record: "pyrra_availability",
    expr: `1 - sum${by(slo)} (${errorsIncrease(slo)}{slo="${slo.name}"} or vector(0)) / sum${by(slo)} (${totalIncrease}{slo="${slo.name}"})`,
    labels,
  };
  return [
    {
      name: `${slo.name}-increase`,
      interval: "150s",
      rules: [increase(totalIncrease, TOTAL), increase(errorsIncrease(slo), slo.bad)],
    },
    { name: slo.name, interval: "30s", rules: [...WINDOWS.map((seconds) => burnRate(slo, seconds)), ...alerts(slo)] },
    { name: `${slo.name}-generic`, interval: "30s", rules: [generic] },
  ];
}

function burnRate(slo: BenchSlo, seconds: number): object {
  const rate = (metric: string): string => `sum${by(slo)} (rate(${metric}[${windowName(seconds)}]))`;
  return { record: ratioName(seconds), expr: `${rate(slo.bad)} / ${rate(TOTAL)}`, labels: { slo: slo.name } };
}

function alerts(slo: BenchSlo): object[] {
  const over = (seconds: number, burn: number): string =>
    `${ratioName(seconds)}{slo="${slo.name}"} > (${burn} * ${errorBudgetOf(slo)})`;
  return TIERS.map((tier) => ({
    alert: "ErrorBudgetBurn",
    expr: `${over(tier.short, tier.burn)} and ${over(tier.long, tier.burn)}`,
    for: tier.for,
    labels: { slo: slo.name, long: windowName(tier.long), short: windowName(tier.short) },
  }));
}
