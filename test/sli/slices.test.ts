/** Time slices on known histories: which are good, which are bad, and what a slice without data counts as. */
import { test } from "vitest";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { counted, expectHistory, type Samples } from "./history.ts";

/** Slices of a minute in half an hour, evaluated every 30s: each evaluation is half a slice. */
async function slices(
  slo: Partial<SloDeclaration>,
  series: Readonly<Record<string, string>>,
  total: Samples,
  bad: Samples,
  by = "",
): Promise<void> {
  await expectHistory(slo, {
    series,
    claims: [
      ["30m", counted("total", by), total],
      ["30m", counted("bad", by), bad],
    ],
  });
}

const probe = { sli: { kind: "probe", metric: 'probe_success{job="b"}' } } as const;
const queue = (op: "<" | "<=" | ">" | ">=" | "==" | "!=") =>
  ({ sli: { kind: "gauge", metric: "queue_depth", op, threshold: 10 } }) as const;

describeWithEngine("promtool", "slices", () => {
  test("a probe that succeeds is good", () =>
    slices(probe, { 'probe_success{job="b"}': "1x60" }, { "{}": 30.5 }, { "{}": 0 }));

  test("a probe that fails for five minutes makes every slice bad that it touches", () =>
    slices(probe, { 'probe_success{job="b"}': "1x19 0x9 1x40" }, { "{}": 30.5 }, { "{}": 5.5 }));

  test("a probe without data is bad by default", () =>
    slices(probe, { 'probe_success{job="b"}': "1x20 _x40" }, { "{}": 30.5 }, { "{}": 19.5 }));

  test("a probe whose group vanished is bad for an hour", () =>
    slices(
      { ...probe, groupBy: ["zone"] },
      { 'probe_success{job="b",zone="x"}': "1x20 stale" },
      { '{zone="x"}': 30.5 },
      { '{zone="x"}': 19.5 },
      "zone",
    ));

  test("no traffic can be good", () =>
    slices({ ...probe, noTraffic: "good" }, { 'probe_success{job="b"}': "1x20 _x40" }, { "{}": 30.5 }, { "{}": 0 }));

  test("no traffic can be nothing", () =>
    slices({ ...probe, noTraffic: "ignore" }, { 'probe_success{job="b"}': "1x20 _x40" }, { "{}": 11 }, { "{}": 0 }));

  test("`up` in an outage is 0, and bad", () =>
    slices(
      { sli: { kind: "probe", metric: "up" }, groupBy: ["job"] },
      { 'up{job="j",instance="i"}': "1x20 0x40", 'up{job="j",instance="k"}': "1x60" },
      { '{job="j"}': 61 },
      { '{job="j"}': 20 },
      "job",
    ));

  test.each([
    ["<", "9x60", 0],
    ["<", "10x60", 30.5],
    ["<=", "10x60", 0],
    ["<=", "10.5x60", 30.5],
    [">", "10.5x60", 0],
    [">", "10x60", 30.5],
    [">=", "10x60", 0],
    [">=", "9.5x60", 30.5],
    ["==", "10x60", 0],
    ["==", "9x60", 30.5],
    ["!=", "9x60", 0],
    ["!=", "10x60", 30.5],
  ] as const)("a queue that should be %s 10 and is %s has so many bad slices: %d", (op, values, bad) =>
    slices(queue(op), { queue_depth: values }, { "{}": 30.5 }, { "{}": bad }),
  );

  test("a gauge that is NaN is no data", () =>
    slices(
      queue("<"),
      { queue_depth: "NaN ".repeat(61).trim(), 'queue_depth{instance="k"}': "5x60" },
      { "{}": 30.5 },
      { "{}": 0 },
    ));

  test("the newest timestamp of a group decides on freshness", () =>
    slices(
      { sli: { kind: "freshness", timestamp: "last_success", maxAge: "10m" } },
      { 'last_success{instance="i"}': "0x60", 'last_success{instance="k"}': "0+30x30 900x30" },
      { "{}": 30.5 },
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

  const skipReason =
    "a window that is not full yet counts as less (rate), so a start or a restart within a fifth of the floor makes two slices bad, which page at 99.9";
  test("throughput just above its floor is good from its first reading on", { skip: true, meta: { skipReason } }, () =>
    slices(throughput, { tokens_total: "0+360x60" }, { "{}": 30 }, { "{}": 0 }),
  );

  test("a ratio is averaged over time", () =>
    slices({ sli: { kind: "ratio", good: "ok_ratio" } }, { ok_ratio: "0.75x60" }, { "{}": 30.5 }, { "{}": 30.5 / 4 }));
});
