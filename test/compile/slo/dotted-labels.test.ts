/** Groups by labels with dots, as Prometheus 3 keeps OpenTelemetry's: counted, alerted on and reported like any other. */
import { expect, test } from "vitest";
import { expectHistory, planOf } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";

const sli = {
  kind: "events",
  total: '{"http.server.requests", job="j"}',
  bad: '{"http.server.errors", job="j"}',
} as const;
const slo = { sli, groupBy: ["http.route"] };
const of = (name: string, route: string) => `{"${name}", job="j", instance="i", "http.route"="${route}"}`;

describeWithEngine("promtool", "an SLO grouped by a label with dots", () => {
  test("burns in the group that fails, and says which", () =>
    expectHistory(slo, {
      series: {
        'up{job="j",instance="i"}': "1x200",
        [of("http.server.requests", "/pay")]: "0+100x200",
        [of("http.server.errors", "/pay")]: "0x100 10+10x99",
        [of("http.server.requests", "/list")]: "0+100x200",
      },
      expectations: [
        [
          "80m",
          'count by ("http.route") (ALERTS{alertname="SloBurnPageFast",alertstate="firing"})',
          { '{"http.route"="/pay"}': 1 },
        ],
        ["80m", 'count(ALERTS{alertname="SloBroken",alertstate="firing"})', {}],
      ],
    }));
});

test("texts and links read a label with dots by its whole name", () => {
  const plan = planOf(slo, { dashboards: "https://grafana.example.com" });
  const page = plan.services[0]?.slos[0]?.alerts.find(({ alert }) => alert === "SloBurnPageFast");
  const texts = JSON.stringify(page?.annotations);
  expect(texts).toContain(JSON.stringify('{{ (index $labels "http.route") }}').slice(1, -1));
  expect(texts).not.toContain("$labels.http");
});
