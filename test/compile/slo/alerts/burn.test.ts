/** Burn-rate alerts of events on known histories: groups, cold starts, and who is silent while another speaks. */
import { describe, expect, test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { print } from "../../../../src/promql/print.ts";
import { expectHistory, planOf } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const grouped: Partial<SloDeclaration> = { sli, groupBy: ["model"] };
const up = { 'up{job="j",instance="i"}': "1x1000" };
const requests = (model: string) => `requests_total{job="j",instance="i",model="${model}"}`;
const errors = (model: string) => `errors_total{job="j",instance="i",model="${model}"}`;
const pages = 'count by (model) (ALERTS{alertname="SloBurnPageFast",alertstate="firing"})';

describe("a page that follows a faster one", () => {
  const heldFor = (slo: Partial<SloDeclaration>): (string | undefined)[] => {
    const alerts = planOf(slo).services[0]?.slos[0]?.alerts ?? [];
    const pages = alerts.filter(({ labels }) => labels.severity === "page" && labels.long !== undefined);
    return pages.map(({ expr }) => /last_over_time\(\s*ALERTS\{.*\}\[(\w+)\]/.exec(print(expr))?.[1]);
  };

  test("waits for its own short window and the faster one's hold, and the first waits for nobody", () => {
    // page-slow looks back 30m, and page-fast goes on for 5m.
    expect(heldFor({ sli })).toEqual([undefined, "35m"]);
  });
});

describeWithEngine("promtool", "groups that burn at once", () => {
  test("fire both, each by itself", () =>
    expectHistory(grouped, {
      series: {
        ...up,
        ...Object.fromEntries(["a", "b", "c"].map((model) => [requests(model), "0+100x200"])),
        [errors("a")]: "0x40 0+100x160",
        [errors("b")]: "0x40 0+100x160",
      },
      expectations: [["40m", pages, { '{model="a"}': 1, '{model="b"}': 1 }]],
    }));

  test("fire both where their labels are ones that alerts might carry too", () =>
    expectHistory(
      { ...grouped, groupBy: ["team", "zone"] },
      {
        series: Object.fromEntries([
          ...["a", "b"].flatMap((value) => [
            [`requests_total{job="j",instance="i",team="${value}",zone="x"}`, "0+100x200"],
            [`errors_total{job="j",instance="i",team="${value}",zone="x"}`, "0x40 0+100x160"],
          ]),
        ]) as Record<string, string>,
        expectations: [["40m", pages.replace("model", "team"), { '{team="a"}': 1, '{team="b"}': 1 }]],
      },
    ));

  test("fire where one works for ten minutes of every hour", () => {
    const hour = (value: (scrape: number) => number): string =>
      `${Array.from({ length: 20 }, (_, scrape) => value(scrape)).join(" ")} stale ${"_ ".repeat(99)}`;
    const hours = (value: (hour: number, scrape: number) => number): string =>
      "_ ".repeat(30) + Array.from({ length: 6 }, (_, at) => hour((scrape) => value(at, scrape))).join("");
    return expectHistory(grouped, {
      series: {
        ...up,
        [requests("a")]: hours((_, scrape) => 1000 * scrape),
        [errors("a")]: hours((at, scrape) => (at < 3 ? 0 : 50 * scrape)),
      },
      expectations: [
        ["3h10m", 'count(ALERTS{alertstate="firing",tier=~"page.*"})', {}],
        ["3h26m", 'count(ALERTS{alertname="SloBurnPageFast",alertstate="firing"})', { "{}": 1 }],
        ["5h", 'count_over_time(ALERTS{alertname="SloBroken",alertstate="firing"}[5h])', {}],
      ],
    });
  });
});

describeWithEngine("promtool", "a cold start", () => {
  test("with a blip of three minutes fires nothing", () =>
    expectHistory(grouped, {
      series: { ...up, [requests("a")]: "0+1000x200", [errors("a")]: "0+20x6 120x194" },
      expectations: [["90m", 'count_over_time(ALERTS{alertstate="firing"}[90m])', {}]],
    }));

  test("in an outage pages within minutes", () =>
    expectHistory(grouped, {
      series: { ...up, [requests("a")]: "0+1000x200", [errors("a")]: "0+1000x200" },
      expectations: [
        ["30s", pages, {}],
        ["6m", pages, { '{model="a"}': 1 }],
      ],
    }));

  test("just before an outage pages within minutes of it", () =>
    expectHistory(grouped, {
      series: { ...up, [requests("a")]: "0+1000x200", [errors("a")]: "0x6 1000+1000x193" },
      expectations: [
        ["3m", pages, {}],
        ["6m", pages, { '{model="a"}': 1 }],
      ],
    }));
});

describeWithEngine("promtool", "an outage of twenty minutes", () => {
  const firing = (by: string) => `count by (${by}) (ALERTS{alertstate="firing"})`;

  test("is reported once: by the fast page, while the slow one and the tickets stay silent for as long as it could be seen", () =>
    expectHistory(
      { sli },
      {
        series: {
          ...up,
          'requests_total{job="j",instance="i"}': "0+1000x1000",
          'errors_total{job="j",instance="i"}': "0x120 1000+1000x39 40000x840",
        },
        expectations: [
          ["60m", firing("alertname"), {}],
          ["63m", firing("alertname"), { '{alertname="SloBurnPageFast"}': 1, '{alertname="SloBurning"}': 1 }],
          // Five minutes' window and five minutes' keeping after its end.
          ["92m", firing("alertname"), { '{alertname="SloBurning"}': 1 }],
          ["7h", firing("alertname"), { '{alertname="SloBurning"}': 1 }],
          ["8h", firing("alertname"), {}],
          ["8h", 'count_over_time(ALERTS{alertname!~"SloBurnPageFast|SloBurning",alertstate="firing"}[8h])', {}],
          // It is not that there is nothing to say.
          ["3h", "count(slo:error_ratio:rate6h > 6 * 0.001 and slo:error_ratio:rate2h > 3 * 0.001)", { "{}": 1 }],
        ],
      },
    ));
});
