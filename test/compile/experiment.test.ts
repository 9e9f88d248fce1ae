/** Experiments on the real engine: a variant that is worse beyond noise is reported, noise is not. */

import { expect, test } from "vitest";
import { experimentRecords } from "../../src/compile/names.ts";
import type { Plan } from "../../src/compile/plan.ts";
import type { ExperimentDeclaration, PlatformDeclaration } from "../../src/declare/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { expectRun, planWith, type Run } from "./spend/months.ts";

const declared = {
  name: "prompt",
  label: "variant",
  baseline: "A",
  window: "4h",
  slis: [{ name: "success", sli: { kind: "events", total: "requests_total", bad: "errors_total" } }],
  cost: { metric: "cost_dollars_total", per: "requests_total" },
} as const satisfies ExperimentDeclaration;

const series = (metric: string, variant: string): string => `${metric}{job="j",instance="i",variant="${variant}"}`;
const of = (variant: string): string => `{slo_service="svc",experiment="prompt",variant="${variant}"}`;
const bySli = (record: string) => (values: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(values).map(([variant, value]) => [
      `${record}{slo_service="svc",experiment="prompt",sli="success",variant="${variant}"}`,
      value,
    ]),
  );
const ratios = bySli("experiment:bad_ratio");
const totals = bySli("experiment:total:window");

/** Observations of 0.75 and of 3, so many more at every step. */
function histogram([fast, slow]: readonly [number, number]): string {
  const sum = fast * 0.75 + slow * 3;
  const step = `{{schema:0 sum:${sum} count:${fast + slow} offset:0 buckets:[${fast} 0 ${slow}]}}`;
  return `${step}+${step}x300`;
}

function inCluster(
  cluster: string,
  metrics: Readonly<Record<string, readonly [a: string, b: string]>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(metrics).flatMap(([metric, values]) =>
      values.map((text, index) => [
        `${metric}{job="j",instance="i",cluster="${cluster}",variant="${"AB"[index]}"}`,
        text,
      ]),
    ),
  );
}

function noNaN(at: string): Run["expectations"] {
  return Object.values(experimentRecords).map((record) => [at, `${record} != ${record}`, {}]);
}

const verdict = (variant: string, value: number) => ({
  [`experiment:verdict{slo_service="svc",experiment="prompt",sli="success",variant="${variant}"}`]: value,
});
const notified = 'count by (variant, sli) (ALERTS{alertname="ExperimentWorse",alertstate="firing"})';

/** Everything runs at 4m, and 60 evaluations fill the window. */
async function run(
  change: Partial<ExperimentDeclaration>,
  history: Run["series"],
  expectations: Run["expectations"],
  platform: PlatformDeclaration = {},
): Promise<void> {
  const plan = planWith(
    { experiments: [{ ...declared, ...change }] },
    { scrapeInterval: "4m", evaluationInterval: "4m", ...platform },
  );
  expect(plan.services[0]?.experiments[0]?.measurement.compareSeconds).toBe(240);
  const up = { 'up{job="j",instance="i"}': "1x2000" };
  await expectRun(plan, { start: "2026-02-27T00:00:00Z", every: "4m", series: { ...up, ...history }, expectations });
}

const traffic = {
  [series("requests_total", "A")]: "0+100x300",
  [series("requests_total", "B")]: "0+100x300",
};

describeWithEngine("promtool", "a variant", () => {
  // 6000 events in each window: 2% against 4% is z = 6.4, against 2.2% 0.8.
  test("that fails twice as often is worse, once there are enough events, and for half an hour", () =>
    run({}, { ...traffic, [series("errors_total", "A")]: "0+2x300", [series("errors_total", "B")]: "0+4x300" }, [
      ["16m", "experiment:verdict", verdict("B", 0)],
      ["16m", notified, {}],
      [
        "6h",
        "round(experiment:worse_sigma, 0.01)",
        { '{slo_service="svc",experiment="prompt",sli="success",variant="B"}': 6.42 },
      ],
      ["6h", "experiment:verdict", verdict("B", 3)],
      ["6h", notified, { '{sli="success",variant="B"}': 1 }],
    ]));

  test("that fails a tenth more often is no different yet", () =>
    run({}, { ...traffic, [series("errors_total", "A")]: "0+2x300", [series("errors_total", "B")]: "0+2.2x300" }, [
      ["6h", "experiment:verdict", verdict("B", 1)],
      ["6h", notified, {}],
    ]));

  test("that fails half as often is better, and nobody is notified", () =>
    run({}, { ...traffic, [series("errors_total", "A")]: "0+4x300", [series("errors_total", "B")]: "0+2x300" }, [
      ["6h", "experiment:verdict", verdict("B", 2)],
      ["6h", notified, {}],
    ]));

  test("without any error is as good as one without any", () =>
    run({}, traffic, [
      ["6h", "experiment:verdict", verdict("B", 1)],
      [
        "6h",
        "experiment:bad_ratio",
        {
          'experiment:bad_ratio{slo_service="svc",experiment="prompt",sli="success",variant="A"}': 0,
          'experiment:bad_ratio{slo_service="svc",experiment="prompt",sli="success",variant="B"}': 0,
        },
      ],
    ]));

  test("is compared with the baseline and by itself: two of three may be worse", () =>
    run(
      {},
      {
        ...traffic,
        [series("requests_total", "C")]: "0+100x300",
        [series("requests_total", "D")]: "0+100x300",
        [series("errors_total", "A")]: "0+2x300",
        [series("errors_total", "B")]: "0+4x300",
        [series("errors_total", "C")]: "0+2x300",
        [series("errors_total", "D")]: "0+6x300",
      },
      [["6h", notified, { '{sli="success",variant="B"}': 1, '{sli="success",variant="D"}': 1 }]],
    ));

  test("that is not named takes no part, nor do requests without the label", () =>
    run(
      { variants: ["B"] },
      {
        ...traffic,
        'requests_total{job="j",instance="i"}': "0+100x300",
        [series("requests_total", "C")]: "0+100x300",
        [series("errors_total", "A")]: "0+2x300",
        [series("errors_total", "C")]: "0+90x300",
      },
      [
        ["6h", notified, {}],
        ["6h", "count by (variant) (experiment:bad_ratio)", { '{variant="A"}': 1, '{variant="B"}': 1 }],
      ],
    ));

  test("that is worse by less than matters is not reported", () =>
    run(
      { atLeast: 0.05 },
      { ...traffic, [series("errors_total", "A")]: "0+2x300", [series("errors_total", "B")]: "0+4x300" },
      [["6h", notified, {}]],
    ));

  test("has its cost beside the baseline's", () =>
    run(
      {},
      { ...traffic, [series("cost_dollars_total", "A")]: "0+1x300", [series("cost_dollars_total", "B")]: "0+2x300" },
      [
        [
          "6h",
          "experiment:cost_per_unit",
          {
            'experiment:cost_per_unit{slo_service="svc",experiment="prompt",variant="A"}': 0.01,
            'experiment:cost_per_unit{slo_service="svc",experiment="prompt",variant="B"}': 0.02,
          },
        ],
      ],
    ));

  test("has its cost by what it is paid for, also where no SLI counts that", () =>
    run(
      { cost: { metric: "cost_dollars_total", per: "tokens_total" } },
      { [series("cost_dollars_total", "B")]: "0+2x300", [series("tokens_total", "B")]: "0+400x300" },
      [["6h", "experiment:cost_per_unit", { [`experiment:cost_per_unit${of("B")}`]: 0.005 }]],
    ));

  test("of which nothing is good is all bad, where what is good is counted", () =>
    run(
      { slis: [{ name: "success", sli: { kind: "events", total: "requests_total", good: "ok_total" } }] },
      { ...traffic, [series("ok_total", "A")]: "0+100x300" },
      [
        ["6h", "experiment:bad_ratio", ratios({ A: 0, B: 1 })],
        ["6h", "experiment:verdict", verdict("B", 3)],
      ],
    ));

  test("of which nothing is bad is all good, also where expressions count", () => {
    const counted = (metric: string) => ({ promql: `sum by (variant) (rate(${metric}[$window]))` });
    const sli = { kind: "events", total: counted("requests_total"), bad: counted("errors_total") } as const;
    return run({ slis: [{ name: "success", sli }] }, { ...traffic, [series("errors_total", "A")]: "0+2x300" }, [
      ["6h", "experiment:bad_ratio", ratios({ A: 0.02, B: 0 })],
      ["6h", "experiment:verdict", verdict("B", 2)],
    ]);
  });

  test("is charged for its first event, on a target that was there", () =>
    run({}, { ...traffic, [series("cost_dollars_total", "B")]: "_x60 5x240" }, [
      ["6h", "experiment:cost_per_unit", { [`experiment:cost_per_unit${of("B")}`]: 5 / 6000 }],
    ]));

  test("that is slow by a native histogram is worse", () =>
    run(
      { slis: [{ name: "success", sli: { kind: "latency", histogram: "h", threshold: 1, type: "native" } }] },
      { [series("h", "A")]: histogram([100, 0]), [series("h", "B")]: histogram([50, 50]) },
      [
        ["6h", "experiment:bad_ratio", ratios({ A: 0, B: 0.5 })],
        ["6h", notified, { '{sli="success",variant="B"}': 1 }],
      ],
    ));

  test("is compared within its cluster, measurement by measurement", () =>
    run(
      {
        slis: [...declared.slis, { name: "fast", sli: { kind: "events", total: "requests_total", bad: "slow_total" } }],
      },
      {
        ...inCluster("eu", { requests_total: ["0+100x300", "0+100x300"], errors_total: ["0+2x300", "0+4x300"] }),
        ...inCluster("us", { requests_total: ["0+100x300", "0+100x300"], slow_total: ["0+2x300", "0+6x300"] }),
      },
      [
        [
          "6h",
          'count by (variant, sli, cluster) (ALERTS{alertname="ExperimentWorse",alertstate="firing"})',
          { '{sli="success",variant="B",cluster="eu"}': 1, '{sli="fast",variant="B",cluster="us"}': 1 },
        ],
      ],
      { identity: ["cluster"] },
    ));

  test("of few is not judged by the many of the baseline, nor the other way", () =>
    run(
      {},
      {
        [series("requests_total", "A")]: "0+100000x300",
        [series("errors_total", "A")]: "0+100x300",
        [series("requests_total", "B")]: "0+10x300",
      },
      [["6h", "experiment:verdict", verdict("B", 1)]],
    ));
});

describeWithEngine("promtool", "an experiment lives", () => {
  // 10 requests in 30s: 400 in the window of 20m.
  const each = { window: "20m", minSample: 100, for: "4m" } as const;
  const requests = { A: "_x10 0+10x290 10+10x300 3010x399", B: "_x10 0+10x290 10+10x100 stale" };
  const errors = { A: "_x10 0+1x290 1+1x300 301x399", B: "_x10 0+1x110 115+5x60 416+1x118 1+1x100 stale" };
  const both = (metric: string, values: { readonly A: string; readonly B: string }) =>
    Object.fromEntries((["A", "B"] as const).map((variant) => [series(metric, variant), values[variant]]));
  const live = (expectations: Run["expectations"]): Promise<void> => {
    const history = { ...both("requests_total", requests), ...both("errors_total", errors) };
    const plan = planWith({ experiments: [{ ...declared, ...each }] });
    const up = { 'up{job="j",instance="i"}': "1x1000" };
    return expectRun(plan, {
      start: "2026-02-27T00:00:00Z",
      every: "30s",
      series: { ...up, ...history },
      expectations,
    });
  };

  test("from before its first event to long after its last, and is never no number", () =>
    live([
      ["4m", "experiment:verdict", {}],
      ["10m", "experiment:verdict", verdict("B", 0)],
      ["50m", "experiment:total:window", totals({ A: 400, B: 400 })],
      ["50m", "experiment:verdict", verdict("B", 1)],
      ["50m", notified, {}],
      // From the hour on B fails half the time, for half an hour.
      ["80m", "experiment:verdict", verdict("B", 3)],
      ["80m", notified, { '{sli="success",variant="B"}': 1 }],
      ["125m", "experiment:verdict", verdict("B", 1)],
      ["125m", notified, {}],
      // At 150m every process begins anew.
      ["165m", "experiment:total:window", totals({ A: 400, B: 400 })],
      ["165m", notified, {}],
      // At 200m B is scaled away.
      ["220m", "experiment:verdict", verdict("B", 0)],
      ["240m", "experiment:verdict", {}],
      ["240m", "experiment:bad_ratio", ratios({ A: 0.1 })],
      // From 300m on nobody comes.
      ["340m", "experiment:total:window", totals({ A: 0 })],
      ["340m", "experiment:bad_ratio", {}],
      ...["4m", "20m", "80m", "165m", "220m", "340m"].flatMap(noNaN),
    ]));

  // As on vmalert and stateless Thanos: each rule reads what the others wrote an evaluation ago.
  test("on a ruler that shows results only after the evaluation too", () => {
    const plan = planWith({ experiments: [{ ...declared, ...each }] });
    const history = { ...both("requests_total", requests), ...both("errors_total", errors) };
    const run = { start: "2026-02-27T00:00:00Z", every: "30s", series: history };
    return expectRun(late(plan), {
      ...run,
      expectations: [
        ["50m", "experiment:total:window", totals({ A: 400, B: 400 })],
        ["50m", "experiment:verdict", verdict("B", 1)],
        ["80m", notified, { '{sli="success",variant="B"}': 1 }],
        ["125m", notified, {}],
        ["165m", "experiment:total:window", totals({ A: 400, B: 400 })],
        ["240m", "experiment:verdict", {}],
        ...["20m", "165m", "220m"].flatMap(noNaN),
      ],
    });
  });
});

/** Every rule in a group of its own, the last one first: none sees what another wrote at the same time. */
function late(plan: Plan): Plan {
  const services = plan.services.map((service) => ({
    ...service,
    experiments: service.experiments.map((experiment) => ({
      ...experiment,
      groups: experiment.groups
        .flatMap((group) =>
          group.rules.map((rule, index) => ({ ...group, name: `${group.name}-${index}`, rules: [rule] })),
        )
        .reverse(),
    })),
  }));
  return { ...plan, services };
}
