/** Sums of several counters on known histories: exact, with births, restarts and missing ones. */
import { describe, expect, test } from "vitest";
import { events } from "../../../src/index.ts";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, service } from "../../parse/valid.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { counted, expectHistory, firing } from "../history.ts";

const ok = 'jobs_ok_total{job="api",instance="i"}';
const failed = 'jobs_failed_total{job="api",instance="i"}';
const pair = events({ good: 'jobs_ok_total{job="api"}', bad: 'jobs_failed_total{job="api"}' });
const list = events({
  total: ["reads_total", "writes_total"],
  bad: ["reads_failed_total", "writes_failed_total"],
});

describeWithEngine("promtool", "successes and failures", () => {
  test("make the total, and the first failure counts", () =>
    expectHistory(
      { sli: pair },
      {
        series: { [ok]: "0+9x120", [failed]: "_x40 7 7+1x80" },
        expectations: [
          ["50m", counted("total"), { "{}": 9 * 98 + 7 + 57 }],
          ["50m", counted("bad"), { "{}": 7 + 57 }],
        ],
      },
    ));

  test("are all failures when everything fails, and the page stays", () =>
    expectHistory(
      { sli: pair },
      {
        series: { [ok]: "0+60x120 7200x240", [failed]: "_x120 0+60x240" },
        expectations: [
          ["100m", "slo:error_ratio:rate30m", { 'slo:error_ratio:rate30m{slo="s",slo_service="svc"}': 1 }],
          ["170m", "slo:error_ratio:rate1h", { 'slo:error_ratio:rate1h{slo="s",slo_service="svc"}': 1 }],
          ["170m", firing("tier"), { '{tier="burning"}': 1, '{tier="page-fast"}': 1 }],
        ],
      },
    ));

  test("page when everything fails from the start", () =>
    expectHistory(
      { sli: pair },
      {
        series: { [failed]: "0+60x240" },
        expectations: [
          ["90m", "slo:error_ratio:rate1h", { 'slo:error_ratio:rate1h{slo="s",slo_service="svc"}': 1 }],
          ["90m", "sum(ALERTS{alertstate='firing',severity='page'})", { "{}": 1 }],
        ],
      },
    ));

  test("count a first success beside failures, and restarts of each", () =>
    expectHistory(
      { sli: pair, groupBy: ["queue"] },
      {
        series: {
          'jobs_ok_total{job="api",instance="i",queue="q"}': "_x20 5 5+1x19 3+1x80",
          'jobs_failed_total{job="api",instance="i",queue="q"}': "0+2x40 4+2x80",
        },
        expectations: [
          ["40m", counted("total", "queue"), { '{queue="q"}': 5 + 19 + 3 + 37 + 2 * 40 + 4 + 2 * 37 }],
          ["40m", counted("bad", "queue"), { '{queue="q"}': 2 * 40 + 4 + 2 * 37 }],
        ],
      },
    ));
});

describeWithEngine("promtool", "lists of counters", () => {
  test("are added up, each where it is there, and a new one counts beside any of the total", () =>
    expectHistory(
      { sli: list },
      {
        series: {
          'reads_total{job="a",instance="i"}': "0+60x120",
          'writes_total{job="a",instance="i"}': "_x20 4 4+4x100",
          'writes_failed_total{job="a",instance="i"}': "_x30 1 1+1x100",
        },
        expectations: [
          ["40m", counted("total"), { "{}": 60 * 78 + 4 + 4 * 57 }],
          ["40m", counted("bad"), { "{}": 1 + 47 }],
        ],
      },
    ));

  test("of good ones leave the rest bad", () =>
    expectHistory(
      { sli: events({ total: ["hits_total", "misses_total"], good: "hits_total" }) },
      {
        series: { 'hits_total{job="a",instance="i"}': "0+3x60", 'misses_total{job="a",instance="i"}': "0+1x60" },
        expectations: [
          ["25m", "slo:error_ratio:rate30m", { 'slo:error_ratio:rate30m{slo="s",slo_service="svc"}': 0.25 }],
        ],
      },
    ));
});

describe("what says too little or too much is refused", () => {
  const codesOf = (sli: object) =>
    parse({
      services: [{ ...service, slos: [{ ...availability, sli: { kind: "events", ...sli } }] }],
      platform,
    }).issues.map(({ code, path }) => `${code} ${path.slice(3).join(".")}`);
  test.each([
    [{ good: "a_total", bad: "b_total" }, []],
    [{ total: ["a_total"], bad: "b_total" }, []],
    [{ bad: "b_total" }, ["missing-field sli.total"]],
    [{ total: "a_total" }, ["missing-field sli"]],
    [{ total: "a_total", good: "b_total", bad: "c_total" }, ["bad-value sli"]],
    [{ total: [], bad: "b_total" }, ["bad-value sli.total"]],
    [{ total: ["a_total", "sum(b)"], bad: "b_total" }, ["bad-selector sli.total.1"]],
    [{ total: ["a_total", { promql: "sum(rate(b_total[$window]))" }], bad: "b_total" }, []],
  ])("%j", (sli, expected) => expect(codesOf(sli)).toEqual(expected));
});
