/** Generated tests of experiments: promtool accepts them for every bound, and they fail when a rule is wrong. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/compile/plan.ts";
import type { ExperimentDeclaration, PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { type ProvenService, proveService } from "../../../src/prove/service.ts";
import { planWith } from "../../compile/spend/months.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { playPlan, playSpoilt } from "../play-plan.ts";

const success = { name: "success", sli: { kind: "events", total: "requests_total", bad: "errors_total" } } as const;
const codes = { kind: "events", total: "requests_total", bad: 'requests_total{code=~"5.."}' } as const;
const fast = { name: "fast", sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } } as const;
const native = { name: "native", sli: { kind: "latency", histogram: "h", threshold: 1, type: "native" } } as const;
const score = { name: "score", sli: { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 } } as const;
const common = { name: "prompt", label: "variant", baseline: "A", slis: [success] } as const;

interface Spoilt {
  readonly name: string;
  readonly spoil: (rules: string) => string;
  readonly change?: Partial<ExperimentDeclaration>;
}

describeWithEngine("promtool", "the generated tests of an experiment", () => {
  test.each<readonly [string, Partial<ExperimentDeclaration>]>([
    ["with an SLI of every kind", { slis: [success, fast, native, score] }],
    ["whose SLIs share a metric", { slis: [success, { name: "codes", sli: codes }] }],
    [
      "with a name for what is good",
      { slis: [{ name: "ok", sli: { ...success.sli, bad: undefined, good: "ok_total" } as never }] },
    ],
    ["with one variant", { variants: ["B"], baseline: 'A "old"' }],
    ["with three variants", { variants: ["one", "B", "C"], window: "2h" }],
    ["whose baseline has no label", { variants: ["B"], baseline: "" }],
    ["against what has no label", { variants: ["", "B"] }],
    ["whose baseline is called as another group is", { baseline: "other", slis: [success, fast] }],
    ["with labels of its own, whose baseline is called as a role is", { baseline: "worse", labels: { env: "prod" } }],
    ["in which small differences do not matter", { atLeast: 0.02, sigma: 3, severity: "page" }],
    ["in which hardly any difference matters", { atLeast: 0.9, minSample: 1 }],
    ["with few events", { minSample: 20, window: "30d", for: "2h" }],
    ["with many events", { minSample: 1_000_000, for: "1m" }],
  ])("%s pass", (_, change) => expectProven({ ...common, ...change }, {}));

  test.each<readonly [string, PlatformDeclaration]>([
    ["where clusters are told apart", { identity: ["cluster"] }],
    ["where rules are evaluated every minute", { evaluationInterval: "1m", scrapeInterval: "1m" }],
    ["where they are evaluated every 45s and scraped every 15s", { evaluationInterval: "45s", scrapeInterval: "15s" }],
  ])("%s pass", (_, platform) => expectProven({ ...common, slis: [success, native] }, platform));

  test.each(["cluster", "region"])("by the label %s that tells places apart pass", (label) =>
    expectProven({ ...common, label, variants: ["B"] }, { identity: ["cluster", "region"] }),
  );

  test("by the only label that tells places apart pass", () =>
    expectProven({ ...common, label: "cluster" }, { identity: ["cluster"] }));

  test.each<Spoilt>([
    { name: "a bound that is too high", spoil: (rules) => rules.replaceAll("> 4", "> 4.2") },
    { name: "a bound that is too low", spoil: (rules) => rules.replaceAll(/\} > 4$/gm, "} > 3.9") },
    { name: "a sample that may be smaller", spoil: (rules) => rules.replaceAll(">= 500", ">= 499") },
    {
      name: "a difference of any sign",
      spoil: (rules) => rules.replace(/(experiment:worse_sigma\{.*\}) > 4$/m, "abs($1) > 4"),
    },
    { name: "an alert that does not wait", spoil: (rules) => rules.replace("for: 30m", "for: 4m") },
    { name: "an alert that waits too long", spoil: (rules) => rules.replace("for: 30m", "for: 31m") },
    { name: "another statistic", spoil: (rules) => rules.replaceAll("sqrt", "abs") },
    { name: "a baseline that is nobody", spoil: (rules) => rules.replaceAll('variant="A"', 'variant="Z"') },
    { name: "a tile that holds too much", spoil: (rules) => rules.replaceAll("[4m] offset", "[8m] offset") },
    {
      name: "good that is not taken off",
      spoil: (rules) => rules.replace("- sum_over_time", "- 0 * sum_over_time"),
      change: { slis: [fast] },
    },
    {
      name: "what does not matter",
      spoil: (rules) => rules.replace("> 0.02", "> 0.01"),
      change: { atLeast: 0.02, minSample: 100_000 },
    },
    { name: "a baseline that is missed too late", spoil: (rules) => rules.replaceAll("for: 1h", "for: 61m") },
    { name: "a baseline that is missed too soon", spoil: (rules) => rules.replaceAll("for: 1h", "for: 59m") },
    {
      name: "a group that is there without events",
      spoil: (rules) => rules.replaceAll(/(count\(experiment:total:window\{[^}]*\}) > 0\)/g, "$1 >= 0)"),
    },
    { name: "data that are never missed", spoil: (rules) => rules.replaceAll("vector(0)", "vector(1)") },
    {
      name: "data of all SLIs that are never missed",
      spoil: (rules) => rules.replaceAll("or vector(0)", "or vector(2)"),
      change: { slis: [success, fast] },
    },
    {
      name: "one SLI without data of two",
      spoil: (rules) => rules.replaceAll(/< 2$/gm, "< 1"),
      change: { slis: [success, fast] },
    },
    {
      name: "a variant that is not missed",
      spoil: (rules) => rules.replaceAll(/< 3$/gm, "< 2"),
      change: { variants: ["B", "C"] },
    },
    { name: "idle groups", spoil: (rules) => rules.replaceAll(/\}\) < 500$/gm, "}) < 0") },
    { name: "a window that is forgotten at once", spoil: (rules) => rules.replaceAll("[1d]", "[20m]") },
  ])("fail on $name", ({ spoil, change }) => expectFailing({ ...common, ...change }, spoil));

  test("name what they do not prove, and why", () => {
    const expression = { promql: "sum by (variant) (rate(x_total[$window]))" };
    const unknown = { name: "x", sli: { kind: "events", total: expression, bad: expression } } as const;
    const notProven = (change: Partial<ExperimentDeclaration>, platform: PlatformDeclaration = {}) => {
      const { runs, notProven } = provenOf(planOf({ ...common, ...change }, platform));
      return { runs: runs.length, notProven: notProven.map(({ alert, reason }) => [alert, reason].join(" ").trim()) };
    };
    const worse = "ExperimentWorse";
    const all = [worse, "ExperimentNoData"];
    expect(notProven({ slis: [unknown] })).toEqual({ runs: 0, notProven: all });
    expect(notProven({ for: "10h" })).toEqual({ runs: 2, notProven: [worse] });
    expect(notProven({}, { ruler: { rulesPerGroup: 4 } })).toEqual({ runs: 0, notProven: all });
    expect(notProven({ window: "30m", for: "1h" })).toEqual({ runs: 0, notProven: all });
    expect(notProven({ slis: [unknown, success] })).toEqual({ runs: 2, notProven: ["ExperimentNoData"] });
  });
});

describe("every generated test of an experiment", () => {
  test("ends within a thousand evaluations and shows that the alert fires", () => {
    const { runs } = provenOf(planOf({ ...common, slis: [success, fast] }, {}));
    for (const { members, everySeconds } of runs)
      for (const { proof } of members) expect(proof.untilSeconds / everySeconds).toBeLessThan(1000);
    expect(runs.map(({ members }) => members.map(({ proof }) => proof.proves.length))).toEqual([
      [1, 1],
      [0, 0],
      [1],
      [1],
    ]);
  });
});

async function expectProven(experiment: ExperimentDeclaration, platform: PlatformDeclaration): Promise<void> {
  const plan = planOf(experiment, platform);
  expect(provenOf(plan).notProven).toEqual([]);
  const { output, status } = await playPlan(plan);
  expect(status, output).toBe(0);
}

async function expectFailing(experiment: ExperimentDeclaration, spoil: (rules: string) => string): Promise<void> {
  const { output, status } = await playSpoilt(planOf(experiment, {}), spoil);
  expect(status, output).toBe(1);
  expect(output).toContain("exp:");
}

function planOf(experiment: ExperimentDeclaration, platform: PlatformDeclaration): Plan {
  return planWith({ experiments: [experiment] }, platform);
}

function provenOf({ services, platform }: Plan): ProvenService {
  const [service] = services;
  if (!service) throw new Error("one service");
  return proveService(service, platform);
}
