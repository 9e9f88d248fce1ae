/** Experiments on the real engine: a variant that is worse beyond noise is told, noise is not. */
import { expect, test, vi } from "vitest";
import type { ExperimentDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { expectRun, planWith, type Run } from "./budget/months.ts";

vi.setConfig({ testTimeout: 120_000 });

const declared = {
  name: "prompt",
  label: "variant",
  baseline: "A",
  window: "4h",
  slis: [{ name: "success", sli: { kind: "events", total: "requests_total", bad: "errors_total" } }],
  cost: { metric: "cost_dollars_total", per: "requests_total" },
} as const satisfies ExperimentDeclaration;

const series = (metric: string, variant: string): string => `${metric}{job="j",instance="i",variant="${variant}"}`;
const verdict = (variant: string, value: number) => ({
  [`experiment:verdict{slo_service="svc",experiment="prompt",sli="success",variant="${variant}"}`]: value,
});
const told = 'count by (variant, sli) (ALERTS{alertname="ExperimentWorse",alertstate="firing"})';

/** Both groups of rules run at 4m, and 60 evaluations fill the window. */
async function run(
  change: Partial<ExperimentDeclaration>,
  history: Run["series"],
  claims: Run["claims"],
): Promise<void> {
  const plan = planWith(
    { experiments: [{ ...declared, ...change }] },
    { scrapeInterval: "4m", evaluationInterval: "4m" },
  );
  expect(plan.services[0]?.experiments[0]?.measure.compareSeconds).toBe(240);
  const up = { 'up{job="j",instance="i"}': "1x2000" };
  await expectRun(plan, { start: "2026-02-27T00:00:00Z", every: "4m", series: { ...up, ...history }, claims });
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
      ["16m", told, {}],
      [
        "6h",
        "round(experiment:worse_sigma, 0.01)",
        { '{slo_service="svc",experiment="prompt",sli="success",variant="B"}': 6.36 },
      ],
      ["6h", "experiment:verdict", verdict("B", 3)],
      ["6h", told, { '{sli="success",variant="B"}': 1 }],
    ]));

  test("that fails a tenth more often is no different yet", () =>
    run({}, { ...traffic, [series("errors_total", "A")]: "0+2x300", [series("errors_total", "B")]: "0+2.2x300" }, [
      ["6h", "experiment:verdict", verdict("B", 1)],
      ["6h", told, {}],
    ]));

  test("that fails half as often is better, and nobody is told", () =>
    run({}, { ...traffic, [series("errors_total", "A")]: "0+4x300", [series("errors_total", "B")]: "0+2x300" }, [
      ["6h", "experiment:verdict", verdict("B", 2)],
      ["6h", told, {}],
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
      [["6h", told, { '{sli="success",variant="B"}': 1, '{sli="success",variant="D"}': 1 }]],
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
        ["6h", told, {}],
        ["6h", "count by (variant) (experiment:bad_ratio)", { '{variant="A"}': 1, '{variant="B"}': 1 }],
      ],
    ));

  test("that is worse by less than matters is not told", () =>
    run(
      { atLeast: 0.05 },
      { ...traffic, [series("errors_total", "A")]: "0+2x300", [series("errors_total", "B")]: "0+4x300" },
      [["6h", told, {}]],
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
});
