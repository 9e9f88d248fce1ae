/** Events whose good ones are counted: when none is an outage, and when it is a name that is misspelt. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { expectHistory } from "../history.ts";

const up = { 'up{job="j",instance="i"}': "1x200" };

describeWithEngine("promtool", "good events", () => {
  const good: Partial<SloDeclaration> = {
    sli: { kind: "events", total: "requests_total", good: 'requests_total{code="200"}' },
  };
  const ratio = "sum by (model) (slo:error_ratio:rate5m)";

  test("are none, and all is bad, where a deploy only fails and good was counted within the day", () =>
    expectHistory(good, {
      series: {
        'requests_total{job="j",instance="i",code="200"}': "0+30x150 stale",
        'requests_total{job="j",instance="k",code="500"}': "_x151 30+30x100",
      },
      expectations: [
        ["85m", ratio, { "{}": 1 }],
        [
          "85m",
          'count by (alertname) (ALERTS{alertname="SloBurnPageFast",alertstate="firing"})',
          { '{alertname="SloBurnPageFast"}': 1 },
        ],
      ],
    }));

  test("that never were are misspelt: there is no ratio, and no alert of burning", () =>
    expectHistory(
      { sli: { kind: "events", total: "jobs_total", good: "jobs_ok_total" } },
      {
        series: { ...up, 'jobs_total{job="j",instance="i"}': "0+100x400" },
        expectations: [
          ["3h", "slo:good:increase", {}],
          ["3h", "slo:error_ratio:rate1h", {}],
          ["3h", 'count_over_time(ALERTS{alertname=~"SloBurn.*"}[3h])', {}],
        ],
      },
    ));

  test("are none for a group that has none of its own", () =>
    expectHistory(
      { sli: { kind: "events", total: "jobs_total", good: "jobs_ok_total" }, groupBy: ["model"] },
      {
        series: {
          ...up,
          'jobs_total{job="j",instance="i",model="a"}': "0+100x400",
          'jobs_total{job="j",instance="i",model="b"}': "0+100x400",
          'jobs_ok_total{job="j",instance="i",model="a"}': "0+100x400",
        },
        expectations: [["3h", "sum by (model) (slo:error_ratio:rate1h)", { '{model="a"}': 0, '{model="b"}': 1 }]],
      },
    ));
});
