/** Whether a service is one of AI: only then do its runbooks speak of models, prompts and tokens. */
import type { ServicePlan, SloPlan, SpendPlan } from "../../../compile/plan.ts";
import { print } from "../../../promql/print.ts";

/** It counts tokens, or its metrics have the names of what serves, routes or judges models. */
export function isAi(service: ServicePlan): boolean {
  const known = answers.get(service);
  if (known !== undefined) return known;
  const answer = service.budgets.some(countsTokens) || service.slos.some(readsModels);
  answers.set(service, answer);
  return answer;
}

/** Every runbook of a service asks, and every rule of it is looked at. */
const answers = new WeakMap<ServicePlan, boolean>();

function countsTokens({ budget }: SpendPlan): boolean {
  if (budget.unit === "tokens" || budget.meter.type === "prices") return true;
  const { metric } = budget.meter;
  return isOfModels(metric.type === "promql" ? metric.text : metric.selector.metric);
}

function readsModels({ groups }: SloPlan): boolean {
  return groups.some(({ rules }) =>
    rules.some((rule) => rule.type === "record" && isOfModels(print(rule.expr, ON_ONE_LINE))),
  );
}

/** Names are the same however the lines are broken, and looking for breaks takes most of the time. */
const ON_ONE_LINE = Infinity;

/** Words of metric names, between `_`, `:` and the ends of a name. */
const NAMES =
  /(?<![a-zA-Z0-9])(ai|genai|gen_ai|llm|llms|vllm|sglang|tgi|litellm|nim|dynamo|nv_inference|inference|prompts?|embeddings?|hallucinations?|guardrails?|first_token|output_tokens?|generation_tokens?)(?![a-zA-Z0-9])/;

/** Values of labels are somebody's own words; a quoted name is a name. */
function isOfModels(promql: string): boolean {
  return NAMES.test(promql.replaceAll(/[=~]\s*"(?:\\.|[^"\\])*"/g, ""));
}
