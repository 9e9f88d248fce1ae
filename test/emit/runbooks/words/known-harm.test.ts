/** What a runbook says users feel: by the metric, and nothing specific where the metric says nothing. */
import { expect, test } from "vitest";
import { knownHarm } from "../../../../src/emit/runbooks/words/known-harm.ts";
import type { Words } from "../../../../src/sli/kind.ts";

function of(symptom: Words["symptom"], bad: string) {
  return knownHarm({ good: "", unit: "events", bad, symptom });
}

test.each<[Words["symptom"], string]>([
  ["errors", 'events of `http_requests_total{code=~"5.."}`'],
  ["latency", "observations of `request_duration_seconds` above 1s"],
  ["saturation", "slices of 1m in which `queue_depth` > 10"],
  ["throughput", "slices of 1m in which `tokens_total` counts less than 100 per second"],
  ["availability", "slices of 1m in which `anything` is not 1"],
  ["quality", "what is missing to a full score"],
])("the words of %s are right for %s", (symptom, bad) => {
  expect(of(symptom, bad)).toBeUndefined();
});

test.each<[Words["symptom"], string, RegExp]>([
  ["latency", "observations of `ai_user_daily_cost_dollars` above 10", /Costs/],
  ["saturation", 'slices of 1m in which `litellm_deployment_state{job="litellm"}` > 0', /deployment/],
  ["errors", "requests other than requests that met time-to-first-token", /later than promised/],
  ["errors", 'events of `vllm:request_success_total{finished_reason="abort"}`', /hang up/],
  ["throughput", "slices of 1m in which `vllm:num_preemptions_total` counts more than 1 per second", /interrupted/],
  ["errors", 'events of `litellm_proxy_total_requests_metric_total{status_code="429"}`', /limit/],
])("of %s, %s has an impact of its own", (symptom, bad, impact) => {
  expect(of(symptom, bad)?.impact).toMatch(impact);
});

test.each<[Words["symptom"], string]>([
  ["errors", "events of `parcels_lost_total`"],
  ["latency", "observations of `message_size_bytes` above 1000"],
  ["saturation", "slices of 1m in which `drift_psi` > 0.2"],
  ["throughput", "slices of 1m in which `retries_total` counts more than 1 per second"],
])("of %s, %s is a stranger: its impact names no users and no outage", (symptom, bad) => {
  const harm = of(symptom, bad);
  expect(harm?.impact).toMatch(/More is bad than the objective allows/);
  expect(`${harm?.impact} ${harm?.mitigation}`).not.toMatch(/users|wait|restart|scale|capacity/i);
});
