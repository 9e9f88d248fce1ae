/** The base on known histories: what scrapes show is counted once, and what is not counted is what docs/rules.md says. */
import { describe, test } from "vitest";
import type { PlatformDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistory, type History, type Samples } from "../history.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const slo: Partial<SloDeclaration> = { sli };
const up = { 'up{job="j",instance="i"}': "1x200" };
const requests = 'requests_total{job="j",instance="i"}';
const errors = 'errors_total{job="j",instance="i"}';
const others = { requests: 'requests_total{job="j",instance="k"}', errors: 'errors_total{job="j",instance="k"}' };

/** What is counted in all by the end of an hour and a half. */
async function counts(
  series: History["series"],
  total: number | undefined,
  bad: number | undefined,
  change: Partial<SloDeclaration> = {},
  platform: PlatformDeclaration = {},
): Promise<void> {
  const samples = (value: number | undefined): Samples => (value === undefined ? {} : { "{}": value });
  const expectations = [
    ["90m", counted("total"), samples(total)],
    ["90m", counted("bad"), samples(bad)],
  ] as const;
  await expectHistory({ ...slo, ...change }, { series, expectations }, platform);
}

describeWithEngine("promtool", "what is counted:", () => {
  test("a steady counter, from its second reading on", () =>
    counts({ ...up, [requests]: "1000+30x100", [errors]: "5+1x100" }, 3000, 100));

  test("after a restart, all that it shows", () =>
    counts({ ...up, [requests]: "1000+30x50 7+30x49", [errors]: "50x100" }, 1500 + 7 + 49 * 30, 0));

  test("after a restart to zero, what comes then", () =>
    counts({ ...up, [requests]: "1000+30x50 0+30x50", [errors]: "50x50 0x50" }, 3000, 0));

  test("a series to its last reading, where it ends and where it is no longer scraped", async () => {
    await counts({ ...up, [requests]: "0+30x30 stale", [errors]: "0+1x30 stale" }, 900, 30);
    await counts({ ...up, [requests]: "0+30x30 _x100", [errors]: "0+1x30 _x100" }, 900, 30);
  });

  test("series of several targets together", () =>
    counts({ ...up, [requests]: "0+30x100", [others.requests]: "0+10x100", [errors]: "0x100" }, 4000, 0));
});

describeWithEngine(
  "promtool",
  "two targets of which one goes, and comes back an hour later with all that it ever counted,",
  () => {
    const [stays, goes] = ["500000+30x180", "500000+30x20 stale _x118 504200+30x40"];
    /** As a rule records them: `sum by (job) (requests_total)`. */
    const sum = "1000000+60x20 500630+30x118 1008400+60x40";

    test("count what they were seen to count", () =>
      counts(
        { ...up, [requests]: stays, [others.requests]: goes, [errors]: "0x180" },
        30 * 179 + 30 * 20 + 30 * 39,
        0,
      ));

    test("count everything again as a recorded sum, both times", () =>
      counts(
        { 'job:requests_total:sum{job="j"}': sum, 'job:errors_total:sum{job="j"}': "0x180" },
        60 * 20 + 500_630 + 30 * 118 + (1_008_400 - 504_170) + 60 * 39,
        0,
        { sli: { kind: "events", total: "job:requests_total:sum", bad: "job:errors_total:sum" } },
      ));
  },
);

describeWithEngine("promtool", "missed scrapes", () => {
  test.each([3, 9])("lose nothing, if they are %d", async (missed) => {
    const [after, bad] = [600 + 30 * (missed + 1), 20 + missed + 1];
    const gap = (first: string, then: string) => `${first} _x${missed} ${then}`;
    await counts(
      { ...up, [requests]: gap("0+30x20", `${after}+30x20`), [errors]: gap("0x20", "0x20") },
      after + 600,
      0,
    );
    await counts(
      {
        'up{job="j",instance="i"}': `1x20 0x${missed - 1} 1x60`,
        [requests]: `0+30x20 stale ${"_ ".repeat(missed - 1)} ${after}+30x20`,
        [errors]: `0+1x20 stale ${"_ ".repeat(missed - 1)} ${bad}+1x20`,
      },
      after + 600,
      bad + 20,
    );
  });

  test("that are ten lose what happened in them, and no more", () =>
    counts({ ...up, [requests]: "0+30x20 _x10 930+30x20", [errors]: "3x52" }, 600 + 600, 0));

  test("with a restart in them show what can be seen of it", () =>
    counts({ ...up, [requests]: "0+30x20 _x3 60+30x20", [errors]: "0x44" }, 600 + 60 + 600, 0));

  test("with a restart in them that has counted more than before show the difference", () =>
    counts({ ...up, [requests]: "0+30x20 _x3 660+30x20", [errors]: "0x44" }, 600 + 60 + 600, 0));

  test("between the lives of a crash loop lose no error that a scrape has shown", () =>
    counts(
      {
        'up{job="j",instance="i"}': "1 1 1 0 0 0 ".repeat(20),
        [requests]: "30 60 90 stale _ _ ".repeat(20),
        [errors]: "10 20 30 stale _ _ ".repeat(20),
      },
      // Of the first life the first reading is where counting begins.
      20 * 90 - 30,
      20 * 30 - 10,
    ));

  test("of six minutes, while `up` stays 1, make no series newborn", () =>
    counts(
      {
        ...up,
        [requests]: "1000000+30x20 stale _x11 1000990+30x60",
        [errors]: "5000+0x20 stale _x11 5003+0x60",
      },
      600 + 1800,
      0,
    ));
});

describeWithEngine("promtool", "a new series", () => {
  test("of errors counts from zero beside a total that was there", () =>
    counts({ ...up, [requests]: "0+30x100", [errors]: "_x40 5x60" }, 3000, 5));

  test("of one metric with the total counts from zero too", () =>
    counts(
      {
        ...up,
        'http_requests_total{job="j",instance="i",code="200"}': "0+1x100",
        'http_requests_total{job="j",instance="i",code="500"}': "_x60 1x40",
      },
      101,
      1,
      { sli: { kind: "events", total: "http_requests_total", bad: 'http_requests_total{code="500"}' } },
    ));

  test("that ends and comes back counts again, from zero or from where it was", async () => {
    await counts({ ...up, [requests]: "0+30x100", [errors]: "_x40 5x10 stale _x20 2x30" }, 3000, 5 + 2);
    await counts({ ...up, [requests]: "0+30x100", [errors]: "_x40 5x10 stale _x4 7x30" }, 3000, 7);
  });

  // What the first reading of a new target shows is its life, and may be years.
  test("on a new target counts from its second reading on", () =>
    counts(
      { 'up{job="j",instance="i"}': "_x40 1x60", [requests]: "_x40 1000000+30x59", [errors]: "_x40 5000+1x59" },
      1770,
      59,
    ));

  test("on a target whose scrapes failed counts from its second reading on", () =>
    counts(
      { 'up{job="j",instance="i"}': "0x40 1x60", [requests]: "_x40 1000000+30x59", [errors]: "_x40 5000+1x59" },
      1770,
      59,
    ));

  test("on a pod under a new name loses its first reading, and errors that are born later nothing", () =>
    counts(
      {
        'up{job="j",instance="i"}': "1x40 stale",
        'up{job="j",instance="k"}': "_x40 1x60",
        [requests]: "0+30x40 stale",
        [others.requests]: "_x40 10+30x59",
        [errors]: "0x40 stale",
        [others.errors]: "_x45 4x50",
      },
      1200 + 1770,
      4,
    ));

  test("of one endpoint is not vouched for by another of the same instance that has no total", () =>
    counts(
      {
        'up{job="j",instance="i",metrics_path="/a"}': "1x200",
        'up{job="j",instance="i",metrics_path="/b"}': "1x40 0x19 1x140",
        'requests_total{job="j",instance="i",metrics_path="/b"}': "100000+30x40 stale _x18 101800+30x60",
        'errors_total{job="j",instance="i",metrics_path="/b"}': "5000x40 stale _x18 5000x60",
      },
      1200 + 1800,
      0,
    ));

  // Nothing tells it from one that is born: docs/rules.md names it.
  test("that is an old one under other labels counts its life, once", () =>
    counts(
      {
        ...up,
        [requests]: "1000+30x40 stale",
        'requests_total{job="j",instance="i",version="2"}': "_x41 2230+30x59",
        [errors]: "0x100",
      },
      1200 + 2230 + 1770,
      0,
    ));
});

describeWithEngine("promtool", "a reading that is no number", () => {
  test("loses what happened around it and makes nothing newborn", async () => {
    await counts({ ...up, [requests]: "0+3000x103", [errors]: "5000x50 NaN 5003x50 5005x2" }, 309_000, 2);
    await counts({ ...up, [requests]: "0+30x50 NaN 1560+30x50", [errors]: "7x102" }, 3000, 0);
  });

  test("of one series takes nothing from the others, and leaves bad at zero", () =>
    counts({ ...up, [requests]: "NaN ".repeat(100), [others.requests]: "0+30x100" }, 3000, 0));
});

describeWithEngine("promtool", "every pace counts the same:", () => {
  // What the first evaluation sees is where counting begins: of two readings in one interval, the later.
  test.each([
    ["15s", 39],
    ["1m", 40],
    ["2m", 40],
  ] as const)("scrapes every %s, at evaluations every 30s", (scrapeInterval, steps) =>
    expectHistory(
      { ...slo, scrapeInterval },
      {
        every: scrapeInterval,
        series: { 'up{job="j",instance="i"}': "1x300", [requests]: "1000+30x40", [errors]: "7x40" },
        expectations: [
          ["90m", counted("total"), { "{}": 30 * steps }],
          ["90m", counted("bad"), { "{}": 0 }],
        ],
      },
    ),
  );

  test.each(["1s", "30s", "2m"] as const)("a settle time of %s", (settle) =>
    counts({ ...up, [requests]: "1000+30x100", [errors]: "5+1x100" }, 3000, 100, {}, { settle }),
  );

  test.each([
    ["15s", "4m", 100],
    ["30s", "4m", 100],
    ["45s", "3m45s", 99],
    ["1m", "4m", 99],
    ["4m", "4m", 93],
  ] as const)("evaluations every %s, with tiles of %s", (evaluationInterval, tile, steps) =>
    expectHistory(
      { ...slo, evaluationInterval },
      {
        series: { ...up, [requests]: "1000+30x100", [errors]: "5+1x100" },
        expectations: [
          ["88m", counted("total"), { "{}": 30 * steps }],
          ["88m", counted("bad"), { "{}": steps }],
          ["88m", `sum(sum_over_time(slo:total:increase${tile}[1d]))`, { "{}": 30 * steps }],
          ["88m", `sum(sum_over_time(slo:bad:increase${tile}[1d]))`, { "{}": steps }],
        ],
      },
    ),
  );
});

describeWithEngine("promtool", "groups", () => {
  const grouped = { ...slo, groupBy: ["model"] };
  const a = { 'requests_total{job="j",instance="i",model="a"}': "0+30x100" };
  const b = { 'requests_total{job="j",instance="i",model="b"}': "0+10x100" };
  const id = 'slo_service="svc",slo="s"';

  test("without errors have zero, with exactly the labels of those that have some", () =>
    expectHistory(grouped, {
      series: { ...up, ...a, ...b, 'errors_total{job="j",instance="i",model="a"}': "0+3x100" },
      expectations: [
        [
          "20m",
          "slo:bad:increase",
          { [`slo:bad:increase{${id},model="a"}`]: 3, [`slo:bad:increase{${id},model="b"}`]: 0 },
        ],
      ],
    }));

  test("without the label are one group", () =>
    expectHistory(grouped, {
      series: { ...up, ...a, [requests]: "0+5x100" },
      expectations: [
        ["20m", "sum by (model) (slo:total:increase)", { '{model="a"}': 30, "{}": 5 }],
        ["20m", "sum by (model) (slo:bad:increase)", { '{model="a"}': 0, "{}": 0 }],
      ],
    }));

  test("keep labels of identity, and targets of one cluster do not vouch for another's", () =>
    expectHistory(
      grouped,
      {
        series: {
          'requests_total{job="j",instance="i",model="a",cluster="x"}': "0+30x100",
          'requests_total{job="j",instance="i",model="a",cluster="y"}': "_x40 1000000+10x60",
        },
        expectations: [
          [
            "50m",
            counted("total", "cluster,model"),
            { '{cluster="x",model="a"}': 2970, '{cluster="y",model="a"}': 590 },
          ],
        ],
      },
      { identity: ["cluster"] },
    ));

  test("have exact windows", () =>
    expectHistory(grouped, {
      series: {
        ...up,
        'requests_total{job="j",instance="i",model="a"}': "0+1000x400",
        'errors_total{job="j",instance="i",model="a"}': "0+20x200 4001+1x199",
      },
      // Settled for 10s: at 3h the last reading is that of 2h59m30s.
      expectations: [
        ["3h", "slo:error_ratio:rate1h", { [`slo:error_ratio:rate1h{${id},model="a"}`]: 0.001 }],
        ["3h", "slo:error_ratio:rate6h", { [`slo:error_ratio:rate6h{${id},model="a"}`]: (20 * 200 + 159) / 359_000 }],
      ],
    }));
});

describeWithEngine("promtool", "no traffic", () => {
  test("gives no ratio, and never a NaN", () => {
    const names = [
      "slo:total:increase",
      "slo:bad:increase",
      "slo:error_ratio:rate1h",
      "slo:error_ratio:rate6h",
      "slo:error_budget_remaining_ratio",
      "slo:coverage_ratio",
    ];
    return expectHistory(slo, {
      series: { ...up, [requests]: "1000x300", [errors]: "3x300" },
      expectations: [
        ["2h", counted("total"), { "{}": 0 }],
        ["2h", "slo:error_ratio:rate1h", {}],
        ["2h", "slo:error_budget_remaining_ratio", {}],
        ...names.map((name) => ["2h", `count(${name} != ${name})`, {}] as const),
      ],
    });
  });
});

describe("expressions", () => {
  describeWithEngine("promtool", "of the user's own", () => {
    const expressions: Partial<SloDeclaration> = {
      sli: {
        kind: "events",
        total: { promql: "sum by (model) (rate(requests_total[$window]))" },
        bad: { promql: "sum by (model) (rate(errors_total[$window]))" },
      },
      groupBy: ["model"],
    };

    test("count by their rate, and where nothing is bad it is zero", () =>
      expectHistory(expressions, {
        series: {
          'requests_total{job="j",instance="i",model="a"}': "0+30x100",
          'errors_total{job="j",instance="i",model="a"}': "0+3x100",
          'requests_total{job="j",instance="i",model="b"}': "0+60x100",
        },
        expectations: [
          ["20m", "sum by (model) (slo:total:increase)", { '{model="a"}': 30, '{model="b"}': 60 }],
          ["20m", "sum by (model) (slo:bad:increase)", { '{model="a"}': 3, '{model="b"}': 0 }],
          ["20m", "sum by (model) (slo:error_ratio:rate5m)", { '{model="a"}': 0.1, '{model="b"}': 0 }],
        ],
      }));

    test("are left out where they are no number or below zero", () =>
      expectHistory(
        { sli: { kind: "events", total: { promql: "sum(t)" }, bad: { promql: "sum(b)" } } },
        {
          series: { t: `1x10 ${"NaN ".repeat(10)} 1x20 -1x20`, b: "0x60" },
          expectations: [
            ["30m", "count(slo:total:increase != slo:total:increase)", {}],
            ["30m", "sum(sum_over_time(slo:total:increase[1h]))", { "{}": 30 * (11 + 21) }],
          ],
        },
      ));
  });
});
