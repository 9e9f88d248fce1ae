/** Gauges that count a period, as the exporters of clouds have them, on known histories. */
import { expect, test } from "vitest";
import { events, perPeriod, spend, throughput, tokens, usd } from "../../src/index.ts";
import { parse } from "../../src/parse/parse.ts";
import { availability, platform, service } from "../parse/valid.ts";
import { describeWithEngine } from "../support/engines.ts";
import { counted, expectHistory, firing } from "./history.ts";

const requests = 'aws_applicationelb_request_count_sum{job="cw"}';
const errors = 'aws_applicationelb_httpcode_target_5_xx_count_sum{job="cw"}';
const sli = events({
  total: perPeriod({ metric: requests, period: "1m" }),
  bad: perPeriod({ metric: errors, period: "1m" }),
});

describeWithEngine("promtool", "a count of a period", () => {
  test("of an ALB is counted once, and a tenth that fails pages", () =>
    expectHistory(
      { sli },
      {
        series: { [requests]: "600x240", [errors]: "60x240" },
        expectations: [
          ["30m", counted("total"), { "{}": 600 * 30 + 300 }],
          ["30m", counted("bad"), { "{}": 60 * 30 + 30 }],
          ["30m", "slo:error_ratio:rate30m", { 'slo:error_ratio:rate30m{slo="s",slo_service="svc"}': 0.1 }],
          ["2h", firing("severity"), { '{severity="none"}': 1, '{severity="page"}': 1 }],
        ],
      },
    ));

  test("without errors has none, where the exporter has no series for them", () =>
    expectHistory({ sli }, { series: { [requests]: "600x60" }, expectations: [["30m", counted("bad"), { "{}": 0 }]] }));

  test("of Bedrock that comes ten minutes late is read where it is", () => {
    const invocations = (metric: string) => perPeriod({ metric, period: "5m", delay: "10m" });
    return expectHistory(
      {
        groupBy: ["model_id"],
        sli: events({
          total: invocations("aws_bedrock_invocations_sum"),
          bad: invocations("aws_bedrock_invocation_server_errors_sum"),
        }),
      },
      {
        // Nothing newer than ten minutes is there yet at 40m.
        series: {
          'aws_bedrock_invocations_sum{model_id="a"}': "300x60 _x20",
          'aws_bedrock_invocation_server_errors_sum{model_id="a"}': "30x60 _x20",
        },
        expectations: [
          ["40m", counted("total", "model_id"), { '{model_id="a"}': 30 * 61 }],
          [
            "40m",
            "slo:error_ratio:rate30m",
            { 'slo:error_ratio:rate30m{model_id="a",slo="s",slo_service="svc"}': 0.1 },
          ],
        ],
      },
    );
  });

  test("of Azure OpenAI that fails in one period counts that one", () => {
    const calls = (code: string) => `azure_openai_requests_total{job="azure",status_code="${code}"}`;
    return expectHistory(
      {
        sli: events({
          total: perPeriod({ metric: 'azure_openai_requests_total{job="azure"}', period: "1m" }),
          bad: perPeriod({ metric: 'azure_openai_requests_total{job="azure",status_code=~"5.."}', period: "1m" }),
        }),
      },
      {
        series: { [calls("200")]: "100x60", [calls("500")]: "0x19 100x1 0x40" },
        expectations: [["30m", counted("bad"), { "{}": 100 }]],
      },
    );
  });
});

const issuesOf = (change: object) =>
  parse({ services: [{ ...service, slos: [{ ...availability, ...change }] }], platform }).issues.map(
    ({ code }) => code,
  );

test("it stands wherever a metric does", () => {
  const metric = perPeriod({ metric: "azure_openai_tokens_total", period: "1m" });
  const budgets = [
    spend({ name: "money", metric, per: "day", limit: usd(5) }),
    tokens({ name: "volume", metric, per: "day", limit: tokens(5) }),
  ];
  expect(issuesOf({ sli: throughput({ metric, atLeast: 5 }) })).toEqual([]);
  expect(parse({ services: [{ ...service, budgets }], platform }).issues).toEqual([]);
});

test("a selector or a period that is none is refused", () => {
  const of = (change: object) => issuesOf({ sli: { ...sli, total: { perPeriod: "a", period: "1m", ...change } } });
  expect(of({ perPeriod: "sum(a)" })).toEqual(["bad-selector"]);
  expect(of({ period: "a minute" })).toEqual(["bad-duration"]);
  expect(of({ peroid: "1m" })).toEqual(["unknown-key"]);
  expect(of({ period: undefined })).toEqual(["missing-field"]);
});
