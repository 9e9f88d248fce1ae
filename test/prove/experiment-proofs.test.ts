/** Generated tests of experiments: promtool accepts them for every bound, and they fail when a rule is wrong. */
import { describe, expect, test, vi } from "vitest";
import type { ExperimentDeclaration, PlatformDeclaration } from "../../src/model/declaration.ts";
import { type Compared, judgeExperiment, sigmasAt, verdictAt } from "../../src/prove/experiment-oracle.ts";
import { planWith } from "../compile/budget/months.ts";
import { describeWithEngine } from "../support/engines.ts";
import { expectProven } from "./expect-proven.ts";

vi.setConfig({ testTimeout: 600_000 });

const success = { name: "success", sli: { kind: "events", total: "requests_total", bad: "errors_total" } } as const;
const fast = { name: "fast", sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } } as const;
const common = { label: "variant", baseline: "A", slis: [success] } as const;

/** As each has a bound that the others do not have. */
const everyBound: readonly ExperimentDeclaration[] = [
  { ...common, name: "plain", slis: [success, fast] },
  { ...common, name: "named", variants: ["B"], baseline: 'A "old"' },
  { ...common, name: "unlabelled", variants: ["B"], baseline: "" },
  { ...common, name: "against-unlabelled", variants: ["", "B"] },
  { ...common, name: "three", variants: ["one", "B", "C"], window: "6h" },
  { ...common, name: "matters", atLeast: 0.02, sigma: 3, severity: "page" },
  { ...common, name: "much", atLeast: 0.9, minSample: 1 },
  { ...common, name: "rare", minSample: 20, window: "30d", for: "6h" },
  { ...common, name: "busy", minSample: 1_000_000, for: "1m" },
];

describeWithEngine("promtool", "the generated tests of experiments", () => {
  test("pass for every bound", () => expectExperiments(everyBound, {}));

  test("pass where clusters are told apart", () => expectExperiments(everyBound, { identity: ["cluster"] }));

  test("pass where rules are evaluated every minute", () =>
    expectExperiments(everyBound, { evaluationInterval: "1m", scrapeInterval: "1m" }));

  test.each([
    ["a bound that is too high", (rules: string) => rules.replace(/"plain"\} > 4$/m, '"plain"} > 12')],
    ["a bound that is too low", (rules: string) => rules.replaceAll("> 4", "> 2")],
    ["a sample that is too small", (rules: string) => rules.replaceAll(/>=\s+500/g, ">= 400")],
    ["the sample of one group only", (rules: string) => rules.replaceAll(/(variant="A"\}\))\s+>=\s+500/g, "$1 >= 0")],
    [
      "a difference of any sign",
      (rules: string) => rules.replaceAll(/(experiment:worse_sigma\{.*\}) > 4/g, "abs($1) > 4"),
    ],
    ["an alert that does not wait", (rules: string) => rules.replace("for: 30m", "for: 4m")],
    ["a window that forgets nothing", (rules: string) => rules.replaceAll("[1d]", "[10d]")],
    ["another statistic", (rules: string) => rules.replaceAll("sqrt", "abs")],
    ["a baseline that is nobody", (rules: string) => rules.replaceAll('variant="A"', 'variant="Z"')],
  ])("fail on %s", (_, spoil) => expectExperiments([{ ...common, name: "plain" }], {}, spoil));
});

function expectExperiments(
  experiments: readonly ExperimentDeclaration[],
  platform: PlatformDeclaration,
  spoil?: (rules: string) => string,
): Promise<void> {
  return expectProven(planWith({ experiments }, platform), "prometheus/svc.experiments.tests.yaml", spoil);
}

describe("the oracle of experiments", () => {
  const bounds = { windowSeconds: 3600, minSample: 500, sigma: 4, atLeast: 0, forSeconds: 480 };
  const nothing = { total: 0, bad: 0 };
  const compared = (variant: number, total = 6000, bad = 120): Compared => ({
    everySeconds: 240,
    variant: [{ total, bad: variant }, nothing, nothing, nothing],
    baseline: [{ total: 6000, bad }, nothing, nothing, nothing],
  });

  // 2% against 4%, pooled 3%: 0.02 / sqrt(0.03 · 0.97 · 2 / 6000).
  test("knows the textbook's figure", () => expect(sigmasAt(bounds, compared(240), 0)).toBeCloseTo(6.4216, 4));

  test("says worse, better, no different and too few", () =>
    expect(
      [compared(240), compared(30), compared(125), compared(240, 499)].map((each) => verdictAt(bounds, each, 0)),
    ).toEqual(["worse", "better", "same", "tooFew"]));

  test("sees no difference where nothing went wrong", () => {
    expect(verdictAt(bounds, compared(0, 6000, 0), 0)).toBe("same");
    expect(sigmasAt(bounds, compared(0, 6000, 0), 0)).toBeUndefined();
  });

  test("waits for as long as the experiment says", () =>
    expect(judgeExperiment(bounds, compared(240)).verdicts).toEqual(["silent", "silent", "firing", "firing"]));

  test("leaves open what only rounding decides", () => {
    const z = sigmasAt(bounds, compared(240), 0) ?? 0;
    expect(verdictAt({ ...bounds, sigma: z }, compared(240), 0)).toBeUndefined();
    expect(judgeExperiment({ ...bounds, sigma: z }, compared(240)).verdicts[3]).toBe("unclear");
  });

  test("forgets what lies before the window", () => {
    const late = { ...bounds, windowSeconds: 480 };
    expect([0, 1, 2].map((index) => verdictAt(late, compared(240), index))).toEqual(["worse", "worse", "tooFew"]);
  });
});
