/** LiteLLM's own overhead is measured by other labels than its answers. */
import { expect, test } from "vitest";
import { litellm } from "../../../src/index.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { rulesOf } from "../judged.ts";

const group = 'api_provider="openai",hashed_api_key="k",litellm_model_name="gpt-4o",model_id="1"';
const target = 'job="j",instance="a:1"';
const overhead = (model: string, within: string) => ({
  [`litellm_overhead_latency_metric_bucket{${target},${group},model_group="${model}",le="0.05"}`]: within,
  [`litellm_overhead_latency_metric_count{${target},${group},model_group="${model}"}`]: "0+30x200",
});

describeWithEngine("promtool", "litellm()", () => {
  test("has a group of overhead for each model, and no doubt about its labels", async () => {
    const series = { [`up{${target}}`]: "1x200", ...overhead("a", "0+30x200"), ...overhead("b", "0+15x200") };
    const ratios = { '{model_group="a"}': 0, '{model_group="b"}': 0.5 };
    await expectHistories(rulesOf(litellm({ job: "j" }), ["overhead"]), [
      {
        series,
        expectations: [
          ["90m", "sum by (model_group) (slo:error_ratio:rate5m)", ratios],
          ["90m", 'ALERTS{alertname="SloBroken"}', {}],
        ],
      },
    ]);
  });
});

test("labels that overhead lacks are left out of its groups", () => {
  const { slos } = litellm({ groupBy: ["requested_model", "api_provider"] });
  expect(slos.find(({ name }) => name === "overhead")?.groupBy).toEqual(["api_provider"]);
});
