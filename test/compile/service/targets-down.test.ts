/** Targets that are down while SLOs of the service count long slices; and a job that leaves discovery in an incident. */
import { test } from "vitest";
import { expectHistories, expectHistory, type History, planOfAll } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";

const slo = { sli: { kind: "events", total: "requests_total", bad: "errors_total" } } as const;
const gone = 'count by (job) (ALERTS{alertname="SloTargetsDown", alertstate="firing", reason="gone"})';

/** A healthy job without targets from the twentieth minute on, and a page of the SLO `s` of some service until then. */
async function expectGone(service: string, samples: Readonly<Record<string, number>>): Promise<void> {
  const labels = `alertname="SloBurnPageFast",alertstate="firing",slo_service="${service}",slo="s",tier="page-fast"`;
  await expectHistory(slo, {
    series: {
      'up{job="j",instance="i"}': "1x40 stale",
      'requests_total{job="j",instance="i"}': "0+30x40 stale",
      'errors_total{job="j",instance="i"}': "0x40 stale",
      [`ALERTS{${labels}}`]: "1x40 stale",
    },
    expectations: [
      ["20m", gone, {}],
      ["30m", gone, samples],
    ],
  });
}

describeWithEngine("promtool", "a job without targets", () => {
  test("is a page where the SLO paged within the hour", () => expectGone("svc", { '{job="j"}': 1 }));

  test("is none where it was another service's SLO of the same name", () => expectGone("other", {}));
});

describeWithEngine("promtool", "targets that are all down", () => {
  const down = 'count by (job) (ALERTS{alertname="SloTargetsDown", alertstate="firing", reason="all-down"})';
  // Histories begin on 1 January 1970.
  const repairs = { reason: "repairs", from: "1970-01-01T00:20:00Z", to: "1970-01-01T00:50:00Z" };
  const ofAll = (samples: Readonly<Record<string, number>>) => ({
    series: {
      'up{job="j",instance="i"}': "1x40 0x80",
      'requests_total{job="j",instance="i"}': "0+30x40 stale",
      'errors_total{job="j",instance="i"}': "0x40 stale",
    },
    expectations: [["35m", down, samples]] as const,
  });

  test("are a page", () => expectHistory(slo, ofAll({ '{job="j"}': 1 })));

  test("are none within the only exclusion", () => expectHistory({ ...slo, exclude: [repairs] }, ofAll({})));
});

const queue = { kind: "gauge", metric: "queue_depth", op: "<", threshold: 5, slice: "30m" } as const;
const some = 'count by (job) (ALERTS{alertname="SloTargetsDown", alertstate="firing", reason="some-down"})';

const all = 'count by (job) (ALERTS{alertname="SloTargetsDown", alertstate="firing", reason="all-down"})';
const onlyQueue = planOfAll([{ name: "queue", objective: 99, sli: queue }]);

describeWithEngine("promtool", "targets that are down beside an SLO with slices of 30m", () => {
  test("are a page as soon as beside any other", async () => {
    const plan = planOfAll([
      { name: "s", objective: 99.9, ...slo },
      { name: "queue", objective: 99, sli: queue },
    ]);
    const series = {
      'up{job="j",instance="i"}': "1x120 0x20",
      'requests_total{job="j",instance="i"}': "0+30x120 stale",
      'queue_depth{job="j",instance="i"}': "1x120 stale",
    };
    await expectHistories(plan, [
      {
        series,
        expectations: [
          ["62m", some, {}],
          ["66m", some, { '{job="j"}': 1 }],
        ],
      },
    ]);
  });

  test("are none while the SLO with the slices has data, which is written once in a slice", async () => {
    const series = {
      'up{job="j",instance="i"}': "1x240",
      'up{job="j",instance="other"}': "1x180 0x60",
      'queue_depth{job="j",instance="i"}': "1x240",
    };
    await expectHistories(onlyQueue, [{ series, expectations: [["118m", some, {}]] }]);
  });
});

describeWithEngine("promtool", "of a service that counts nothing but slices of 30m,", () => {
  const dies = (others: History["series"], expectations: History["expectations"]) =>
    expectHistories(onlyQueue, [
      {
        series: {
          'up{job="j",instance="i"}': "1x180 0x60",
          'queue_depth{job="j",instance="i"}': "1x180 stale",
          ...others,
        },
        expectations,
      },
    ]);

  test("targets that are all down are a page after three minutes", () =>
    dies({}, [
      ["92m30s", `${some} or ${all}`, {}],
      ["95m", some, { '{job="j"}': 1 }],
      ["95m", all, { '{job="j"}': 1 }],
    ]));

  test("so is the one target that it counts, while others of the job are up", () =>
    dies({ 'up{job="j",instance="other"}': "1x240" }, [
      ["95m", some, { '{job="j"}': 1 }],
      ["95m", all, {}],
    ]));

  test("one of two that it counts is none", () =>
    dies({ 'up{job="j",instance="k"}': "1x240", 'queue_depth{job="j",instance="k"}': "1x240" }, [
      ["118m", `${some} or ${all}`, {}],
    ]));

  test("a target that restarts is none where the metric went long before", () =>
    dies({ 'queue_depth{job="j",instance="i"}': "1x20 stale" }, [["118m", some, {}]]));
});
