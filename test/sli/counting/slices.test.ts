/** Time slices on known histories: which are good, which are bad, and what a slice without data counts as. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistory, type Samples } from "../history.ts";

/** What half an hour of slices of a minute counts: one at every full minute from the first on. */
async function slices(
  slo: Partial<SloDeclaration>,
  series: Readonly<Record<string, string>>,
  total: Samples,
  bad: Samples,
  { by = "", at = "30m" } = {},
): Promise<void> {
  await expectHistory(slo, {
    series,
    expectations: [
      [at, counted("total", by), total],
      [at, counted("bad", by), bad],
    ],
  });
}

const probe = { sli: { kind: "probe", metric: 'probe_success{job="b"}' } } as const;
const queue = (op: "<" | "<=" | ">" | ">=" | "==" | "!=") =>
  ({ sli: { kind: "gauge", metric: "queue_depth", op, threshold: 10 } }) as const;

describeWithEngine("promtool", "slices of a probe", () => {
  // Without groups, a slice in which nothing is seen yet is one without data: the one at 0.
  test("that succeeds are good", () => slices(probe, { 'probe_success{job="b"}': "1x60" }, { "{}": 31 }, { "{}": 1 }));

  test("that fails for five minutes are bad where they touch those", async () => {
    await slices(probe, { 'probe_success{job="b"}': "1x19 0x9 1x40" }, { "{}": 31 }, { "{}": 1 + 5 });
    await slices(probe, { 'probe_success{job="b"}': "1x20 0x9 1x40" }, { "{}": 31 }, { "{}": 1 + 6 });
  });

  test("count each target", () =>
    slices(
      { sli: { kind: "probe", metric: "up" }, groupBy: ["job"] },
      { 'up{job="j",instance="i"}': "1x20 0x40", 'up{job="j",instance="k"}': "1x60" },
      { '{job="j"}': 60 },
      { '{job="j"}': 20 },
      { by: "job" },
    ));
});

describeWithEngine("promtool", "slices without data", () => {
  const gone = { 'probe_success{job="b"}': "1x20 _x40" };

  test("are bad by default for a probe", () => slices(probe, gone, { "{}": 31 }, { "{}": 1 + 19 }));
  test("can be good", () => slices({ ...probe, noTraffic: "good" }, gone, { "{}": 31 }, { "{}": 0 }));
  test("can be none", () => slices({ ...probe, noTraffic: "ignore" }, gone, { "{}": 11 }, { "{}": 0 }));

  test.each([
    ["bad", 30, 19],
    ["good", 30, 0],
    ["ignore", 11, 0],
  ] as const)("of a group that vanished are %s", (noTraffic, total, bad) =>
    slices(
      { ...probe, noTraffic, groupBy: ["zone"] },
      { 'probe_success{job="b",zone="x"}': "1x20 stale", 'probe_success{job="b",zone="y"}': "1x60" },
      { '{zone="x"}': total, '{zone="y"}': 30 },
      { '{zone="x"}': bad, '{zone="y"}': 0 },
      { by: "zone" },
    ),
  );

  test("of a group that vanished are counted for an hour from its last look, which is one in five minutes", () =>
    slices(
      { ...probe, groupBy: ["zone"] },
      { 'probe_success{job="b",zone="x"}': "1x20 stale" },
      { '{zone="x"}': 11 + 59 },
      { '{zone="x"}': 59 },
      { by: "zone", at: "2h" },
    ));

  test.each([
    ["gauge", { kind: "gauge", metric: "m", op: "<", threshold: 10 }, 12],
    ["ratio", { kind: "ratio", bad: "m" }, 12],
    ["freshness", { kind: "freshness", timestamp: "m", maxAge: "1d" }, 11],
    ["throughput", { kind: "throughput", metric: "m", atLeast: 0.001 }, 12],
  ] as const)("are bad for a %s that asks for it", async (_kind, sli, firstWithout) => {
    const values = sli.kind === "throughput" ? "0+900x20 stale" : "0x20 stale";
    const before = sli.kind === "freshness" ? 1 : 0;
    const bad = 31 - firstWithout;
    await slices(
      { sli, noTraffic: "bad", groupBy: ["queue"] },
      { 'm{queue="a"}': values },
      { '{queue="a"}': 30 + before },
      { '{queue="a"}': bad },
      { by: "queue" },
    );
  });
});

describeWithEngine("promtool", "slices of a gauge", () => {
  test.each([
    ["<", "9x60", 0],
    ["<", "10x60", 30],
    ["<=", "10x60", 0],
    ["<=", "10.5x60", 30],
    [">", "10.5x60", 0],
    [">", "10x60", 30],
    [">=", "10x60", 0],
    [">=", "9.5x60", 30],
    ["==", "10x60", 0],
    ["==", "9x60", 30],
    ["!=", "9x60", 0],
    ["!=", "10x60", 30],
  ] as const)("that should be %s 10 and is %s are bad: %d", (op, values, bad) =>
    slices(queue(op), { queue_depth: values }, { "{}": 30 }, { "{}": bad }),
  );

  test("that is NaN are none", () =>
    slices(
      queue("<"),
      { queue_depth: "NaN ".repeat(61).trim(), 'queue_depth{instance="k"}': "5x60" },
      { "{}": 30 },
      { "{}": 0 },
    ));

  test("that are longer than a tile are counted once each, and by tiles too", () =>
    expectHistory(
      { sli: { kind: "gauge", metric: "queue_depth", op: "<", threshold: 10, slice: "10m" } },
      {
        series: { queue_depth: "5x40 20x160" },
        expectations: [
          ["1h", counted("total"), { "{}": 6 }],
          ["1h", counted("bad"), { "{}": 4 }],
          ["68m", "sum(sum_over_time(slo:total:increase4m[1d]))", { "{}": 6 }],
          ["68m", "sum(sum_over_time(slo:bad:increase4m[1d]))", { "{}": 4 }],
        ],
      },
    ));

  test("that are evaluated every 45s are counted at its first evaluation in each", () =>
    expectHistory(
      { ...queue("<"), evaluationInterval: "45s" },
      { series: { queue_depth: "20x100" }, expectations: [["30m", counted("bad"), { "{}": 30 }]] },
    ));
});

describeWithEngine("promtool", "slices of other kinds:", () => {
  test("the newest timestamp of a group decides on freshness", () =>
    slices(
      { sli: { kind: "freshness", timestamp: "last_success", maxAge: "10m" } },
      { 'last_success{instance="i"}': "0x60", 'last_success{instance="k"}': "0+30x30 900x30" },
      { "{}": 31 },
      { "{}": 5 },
    ));

  const throughput = { sli: { kind: "throughput", metric: "tokens_total", atLeast: 10 } } as const;

  test("throughput is judged by the group's sum", () =>
    slices(
      throughput,
      { 'tokens_total{instance="i"}': "0+900x60", 'tokens_total{instance="k"}': "0+900x30 27000+10x30" },
      { "{}": 30 },
      { "{}": 0 },
    ));

  test("throughput below its floor is bad", () =>
    slices(throughput, { tokens_total: "0+150x60" }, { "{}": 30 }, { "{}": 30 }));

  test("throughput over its ceiling is bad", () =>
    slices(
      { sli: { kind: "throughput", metric: "tokens_total", atMost: 10 } },
      { tokens_total: "0+150x30 4500+600x30" },
      { "{}": 30 },
      { "{}": 14 },
    ));

  // A window of two minutes that holds one of them counts as less.
  test("throughput just above its floor has a bad slice at its start", () =>
    slices(throughput, { tokens_total: "0+360x60" }, { "{}": 30 }, { "{}": 1 }));

  test("a ratio is averaged over time, and what is no number is none", async () => {
    await slices({ sli: { kind: "ratio", good: "ok_ratio" } }, { ok_ratio: "0.75x60" }, { "{}": 30 }, { "{}": 7.5 });
    await slices(
      { sli: { kind: "ratio", bad: "bad_ratio" } },
      { 'bad_ratio{i="1"}': "0.25x60", 'bad_ratio{i="2"}': "Inf ".repeat(60), 'bad_ratio{i="3"}': "NaN ".repeat(60) },
      { "{}": 30 },
      { "{}": 7.5 },
    );
  });

  test("an expression is judged as it stands", () =>
    slices(
      {
        sli: { kind: "gauge", metric: { promql: "sum by (queue) (queue_depth)" }, op: "<=", threshold: 10 },
        groupBy: ["queue"],
      },
      {
        'queue_depth{queue="a",i="1"}': "6x60",
        'queue_depth{queue="a",i="2"}': "6x60",
        'queue_depth{queue="b",i="1"}': "6x60",
      },
      { '{queue="a"}': 31, '{queue="b"}': 31 },
      { '{queue="a"}': 31, '{queue="b"}': 0 },
      { by: "queue" },
    ));
});

describeWithEngine("promtool", "scores", () => {
  test("are what was given of what could be", () =>
    expectHistory(
      { sli: { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 } },
      {
        series: {
          'stars_total{job="j",instance="i"}': "100+8x60 4+8x39",
          'ratings_total{job="j",instance="i"}': "50+2x60 1+2x39",
        },
        expectations: [
          ["80m", counted("total"), { "{}": 120 + 1 + 78 }],
          ["80m", counted("good"), { "{}": (480 + 4 + 312) / 5 }],
          ["20m", "round(sum(slo:error_ratio:rate5m), 1e-9)", { "{}": 0.2 }],
        ],
      },
    ));
});
