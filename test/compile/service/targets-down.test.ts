/** A job that leaves discovery in an incident: its own pages say that it was one. */
import { test } from "vitest";
import { expectHistory } from "../../sli/history.ts";
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
    claims: [
      ["20m", gone, {}],
      ["30m", gone, samples],
    ],
  });
}

describeWithEngine("promtool", "a job without targets", () => {
  test("is a page where the SLO paged within the hour", () => expectGone("svc", { '{job="j"}': 1 }));

  test("is none where it was another service's SLO of the same name", () => expectGone("other", {}));
});
