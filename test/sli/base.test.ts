/** The base on known histories: every event is counted once, whatever happens to scrapes, targets and series. */
import { test } from "vitest";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { counted, expectHistory, type History, type Samples } from "./history.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const slo: Partial<SloDeclaration> = { sli };
const up = { 'up{job="j",instance="i"}': "1x200" };

/** What is counted in all by the end of an hour and a half. */
async function counts(
  series: History["series"],
  total: number | undefined,
  bad: number | undefined,
  change: Partial<SloDeclaration> = {},
  platform = {},
): Promise<void> {
  const samples = (value: number | undefined): Samples => (value === undefined ? {} : { "{}": value });
  await expectHistory(
    { ...slo, ...change },
    {
      series,
      claims: [
        ["90m", counted("total"), samples(total)],
        ["90m", counted("bad"), samples(bad)],
      ],
    },
    platform,
  );
}

const requests = 'requests_total{job="j",instance="i"}';
const errors = 'errors_total{job="j",instance="i"}';

describeWithEngine("promtool", "what is counted", () => {
  test("a steady counter, from its second reading on", () =>
    counts({ ...up, [requests]: "1000+30x100", [errors]: "5+1x100" }, 3000, 100));

  test("a reset counts the new value", () =>
    counts({ ...up, [requests]: "1000+30x50 7+30x49", [errors]: "50x100" }, 1500 + 7 + 49 * 30, 0));

  test("a reset to zero counts what comes after", () =>
    counts({ ...up, [requests]: "1000+30x50 0+30x50", [errors]: "50x50 0x50" }, 3000, 0));

  test("three missed scrapes lose nothing", () =>
    counts({ ...up, [requests]: "0+30x20 _x3 720+30x20", [errors]: "0+1x20 _x3 24+1x20" }, 1320, 44));

  test("a restart within missed scrapes counts what can be seen of it", () =>
    counts({ ...up, [requests]: "0+30x20 _x3 60+30x20", [errors]: "0x44" }, 600 + 60 + 600, 0));

  test("a gap longer than the lookback loses its own events and no others", () =>
    counts(
      {
        'up{job="j",instance="i"}': "1x20 0x11 1x60",
        [requests]: "1000+30x20 _x11 1960+30x60",
        [errors]: "9x20 _x11 9x60",
      },
      600 + 1800,
      0,
    ));

  test("a series that dies is counted to its last reading", () =>
    counts({ ...up, [requests]: "0+30x30 stale", [errors]: "0+1x30 stale" }, 900, 30));

  test("a series that is no longer scraped is counted to its last reading", () =>
    counts({ ...up, [requests]: "0+30x30 _x100", [errors]: "0+1x30 _x100" }, 900, 30));

  test("errors born in an outage count from zero, since their target was watched", () =>
    counts({ ...up, [requests]: "0+30x100", [errors]: "_x40 5x60" }, 3000, 5));

  test("a second birth counts too", () =>
    counts({ ...up, [requests]: "0+30x100", [errors]: "_x40 5x10 stale _x20 2x30" }, 3000, 7));

  test("an old counter that is first seen on an unwatched target counts from then on, not its lifetime", () =>
    counts(
      { 'up{job="j",instance="i"}': "_x40 1x60", [requests]: "_x40 1000000+30x59", [errors]: "_x40 5000+1x59" },
      1770,
      59,
    ));

  test("a target whose scrapes failed was not watched", () =>
    counts(
      { 'up{job="j",instance="i"}': "0x40 1x60", [requests]: "_x40 1000000+30x59", [errors]: "_x40 5000+1x59" },
      1770,
      59,
    ));

  test("a process younger than the lookback counts from zero", () =>
    counts(
      {
        'up{job="j",instance="i"}': "_x40 1x60",
        'process_start_time_seconds{job="j",instance="i"}': "_x40 1190x60",
        [requests]: "_x40 12+30x59",
        [errors]: "_x40 3+1x59",
      },
      12 + 1770,
      3 + 59,
    ));

  test("a process older than the lookback does not", () =>
    counts(
      {
        'up{job="j",instance="i"}': "_x40 1x60",
        'process_start_time_seconds{job="j",instance="i"}': "_x40 800x60",
        [requests]: "_x40 12+30x59",
        [errors]: "_x40 3+1x59",
      },
      1770,
      59,
    ));

  test("a young process of another target vouches for nobody", () =>
    counts(
      {
        'up{job="j",instance="i"}': "_x40 1x60",
        'process_start_time_seconds{job="j",instance="other"}': "_x40 1190x60",
        [requests]: "_x40 12+30x59",
        [errors]: "_x40 3x59",
      },
      1770,
      0,
    ));

  test("a rolling restart under new names loses nothing", () =>
    counts(
      {
        'up{job="j",instance="i"}': "1x40 stale",
        'up{job="j",instance="k"}': "_x40 1x60",
        'process_start_time_seconds{job="j",instance="k"}': "_x40 1190x60",
        [requests]: "0+30x40 stale",
        'requests_total{job="j",instance="k"}': "_x40 10+30x59",
        [errors]: "0x40 stale",
        'errors_total{job="j",instance="k"}': "_x45 4x50",
      },
      1200 + 10 + 1770,
      4,
    ));

  test("series of several targets are added", () =>
    counts(
      {
        ...up,
        'up{job="j",instance="k"}': "1x200",
        [requests]: "0+30x100",
        'requests_total{job="j",instance="k"}': "0+10x100",
        [errors]: "0x100",
      },
      4000,
      0,
    ));

  // What the first evaluation sees is where counting begins: of two readings in one interval, the later.
  test.each([
    ["15s", 39],
    ["1m", 40],
    ["2m", 40],
  ] as const)("readings every %s are counted at evaluations every 30s", (scrapeInterval, steps) =>
    expectHistory(
      { ...slo, scrapeInterval },
      {
        every: scrapeInterval,
        series: { 'up{job="j",instance="i"}': "1x300", [requests]: "1000+30x40", [errors]: "7x40" },
        claims: [
          ["90m", counted("total"), { "{}": 30 * steps }],
          ["90m", counted("bad"), { "{}": 0 }],
        ],
      },
    ),
  );

  test.each(["1s", "30s", "2m"] as const)("a settle time of %s delays and loses nothing", (settle) =>
    counts({ ...up, [requests]: "1000+30x100", [errors]: "5+1x100" }, 3000, 100, {}, { settle }),
  );

  test("an evaluation interval longer than the scrapes' loses nothing that came after the first", () =>
    counts({ ...up, [requests]: "1000+30x100", [errors]: "5+1x100" }, 30 * 97, 97, { evaluationInterval: "2m" }));
});

describeWithEngine("promtool", "groups", () => {
  const grouped = { ...slo, groupBy: ["model"] };
  const a = { 'requests_total{job="j",instance="i",model="a"}': "0+30x100" };
  const b = { 'requests_total{job="j",instance="i",model="b"}': "0+10x100" };

  test("errors that no series counts are zero, with the total's own labels", () =>
    expectHistory(grouped, {
      series: { ...up, ...a, ...b, 'errors_total{job="j",instance="i",model="a"}': "0+3x100" },
      claims: [
        [
          "20m",
          "slo:bad:increase",
          {
            'slo:bad:increase{slo_service="svc",slo="s",model="a"}': 3,
            'slo:bad:increase{slo_service="svc",slo="s",model="b"}': 0,
          },
        ],
      ],
    }));

  test("a group without the label is a group of its own", () =>
    expectHistory(grouped, {
      series: { ...up, ...a, [requests]: "0+5x100" },
      claims: [
        ["20m", "sum by (model) (slo:total:increase)", { '{model="a"}': 30, "{}": 5 }],
        ["20m", "sum by (model) (slo:bad:increase)", { '{model="a"}': 0, "{}": 0 }],
      ],
    }));

  test("labels of identity are kept apart, and targets of one cluster do not vouch for another's", () =>
    expectHistory(
      grouped,
      {
        series: {
          'up{job="j",instance="i",cluster="x"}': "1x200",
          'requests_total{job="j",instance="i",model="a",cluster="x"}': "0+30x100",
          'up{job="j",instance="i",cluster="y"}': "_x40 1x100",
          'requests_total{job="j",instance="i",model="a",cluster="y"}': "_x40 1000000+10x60",
        },
        claims: [
          [
            "50m",
            counted("total", "cluster,model"),
            { '{cluster="x",model="a"}': 2970, '{cluster="y",model="a"}': 590 },
          ],
        ],
      },
      { identity: ["cluster"] },
    ));

  test("the windows of a known history are exact", () =>
    expectHistory(grouped, {
      series: {
        ...up,
        'requests_total{job="j",instance="i",model="a"}': "0+1000x400",
        'errors_total{job="j",instance="i",model="a"}': "0+20x200 4001+1x199",
      },
      // Settled for 10s: at 3h the last reading is that of 2h59m30s.
      claims: [
        ["3h", "slo:error_ratio:rate1h", { 'slo:error_ratio:rate1h{slo_service="svc",slo="s",model="a"}': 0.001 }],
        [
          "3h",
          "sum_over_time(slo:bad:increase[6h]) / sum_over_time(slo:total:increase[6h])",
          { '{slo_service="svc",slo="s",model="a"}': (20 * 200 + 159) / 359_000 },
        ],
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
      claims: [
        ["2h", counted("total"), { "{}": 0 }],
        ["2h", "slo:error_ratio:rate1h", {}],
        ["2h", "slo:error_budget_remaining_ratio", {}],
        ...names.map((name) => ["2h", `count(${name} != ${name})`, {}] as const),
      ],
    });
  });
});
