/** The plain formula, for comparison: `increase` over raw series for every window, and the Workbook's alerts without a `for`. */
import { join } from "node:path";
import { WORKBOOK_TIERS } from "../oracle/alerts.ts";
import { errorBudgetOf, type Peer, WINDOWS, windowName } from "./peer.ts";
import { type RuleGroupText, writeRules } from "./rule-file.ts";
import { type BenchSlo, TOTAL } from "./slo.ts";

const ALL_WINDOWS = [
  ...new Set(WORKBOOK_TIERS.flatMap(({ shortSeconds, longSeconds }) => [shortSeconds, longSeconds])),
];
const PERIOD = 30 * 86_400;

export const rawIncrease: Peer = {
  name: "raw increase",
  settleMs: 0,
  rules: (folder, slos) => [writeRules(join(folder, "raw.rules.yaml"), slos.flatMap(groupsOf))],
  windows: WINDOWS.map((window) => ({
    ...window,
    labels: ({ name }) => ({ __name__: ratioName(window.seconds), slo: name }),
  })),
  period: {
    seconds: PERIOD,
    labels: ({ name }) => ({ __name__: ratioName(PERIOD), slo: name }),
    ratio: (ratio) => ratio,
  },
  alertOf: ({ name }) => ({ slo: name }),
  alerts: Object.fromEntries(WORKBOOK_TIERS.map(({ name }) => [name, { alertname: "RawBurn", tier: name }])),
  periodOnly: [ratioName(PERIOD)],
};

function ratioName(seconds: number): string {
  return `raw:error_ratio:increase${windowName(seconds)}`;
}

function groupsOf(slo: BenchSlo): RuleGroupText[] {
  return [
    { name: slo.name, interval: "30s", rules: [...ALL_WINDOWS.map((seconds) => ratio(slo, seconds)), ...alerts(slo)] },
    { name: `${slo.name}-period`, interval: "150s", rules: [ratio(slo, PERIOD)] },
  ];
}

function ratio(slo: BenchSlo, seconds: number): object {
  const by = slo.groupBy ? ` by (${slo.groupBy.join(", ")})` : "";
  const increase = (metric: string): string => `sum${by} (increase(${metric}[${windowName(seconds)}]))`;
  return { record: ratioName(seconds), expr: `${increase(slo.bad)} / ${increase(TOTAL)}`, labels: { slo: slo.name } };
}

function alerts(slo: BenchSlo): object[] {
  const over = (seconds: number, burn: number): string =>
    `${ratioName(seconds)}{slo="${slo.name}"} > ${burn * errorBudgetOf(slo)}`;
  return WORKBOOK_TIERS.map(({ name, burn, shortSeconds, longSeconds }) => ({
    alert: "RawBurn",
    expr: `${over(longSeconds, burn)} and ${over(shortSeconds, burn)}`,
    labels: { slo: slo.name, tier: name },
  }));
}
