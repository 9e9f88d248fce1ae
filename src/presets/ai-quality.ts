/**
 * Quality of answers: evaluations, feedback, refusals, guardrails and drift. No system has standard metrics for these; the names
 * here are ours, and every one of them can be given.
 */
import { assemble } from "./assemble/assemble.ts";
import { bounded, share } from "./assemble/blueprints.ts";
import { metricOption, patternOption } from "./assemble/option-schemas.ts";
import type { PresetOptions, ServiceParts } from "./assemble/options.ts";
import type { Blueprint, Preset } from "./assemble/preset.ts";
import { lowVolume } from "./assemble/quality-tiers.ts";
import type { Select } from "./assemble/select.ts";

/** Names of the SLOs of `aiQuality()`. */
export type AiQualitySlo =
  | "eval-pass-rate"
  | "accuracy"
  | "groundedness"
  | "satisfaction"
  | "refusals"
  | "guardrail-blocks"
  | "drift";

/** Options of `aiQuality()`. Declare `eventsPerDay`: then `explain` shows the sampling error of each estimate. */
export interface AiQualityOptions extends PresetOptions<AiQualitySlo, "drift"> {
  /** A counter (a name, or a selector with matchers) of evaluation results, with the labels `eval` and `label`. Default `ai_eval_results_total`. */
  readonly evaluations?: string;
  /** A pattern of the `label` values that passed. Default `pass|passed|correct|grounded|relevant|true`. */
  readonly passed?: string;
  /** A counter of thumbs, with the label `rating`, `up` or `down`. Default `ai_feedback_total`. */
  readonly feedback?: string;
  /** A counter of answers, with the label `outcome`, `refusal` among its values. Default `ai_responses_total`. */
  readonly responses?: string;
  /** A counter of guardrail decisions, with the labels `guard_name` and `guard_action`. Default `guard_requests_total`. */
  readonly guardrails?: string;
  /** A gauge of the population stability index, with the label `feature`. Default `ai_drift_psi`. */
  readonly drift?: string;
}

/**
 * SLOs of quality, over 7 days: evaluation pass rate by `eval`, accuracy, groundedness, satisfaction, refusals, guardrail
 * blocks, and drift by `feature`. They make tickets alone, over windows of hours and days, and none from fewer than
 * 200 events (50 thumbs).
 *
 * @example aiQuality({ job: "judge" })
 */
export function aiQuality(options: AiQualityOptions = {}): ServiceParts {
  return assemble(aiQualityPreset, options, aiQuality);
}

type Own = Required<
  Pick<AiQualityOptions, "evaluations" | "passed" | "feedback" | "responses" | "guardrails" | "drift">
>;

export const aiQualityPreset: Preset<Own> = {
  name: "aiQuality",
  ai: true,
  own: {
    evaluations: metricOption.default("ai_eval_results_total"),
    passed: patternOption.default("pass|passed|correct|grounded|relevant|true"),
    feedback: metricOption.default("ai_feedback_total"),
    responses: metricOption.default("ai_responses_total"),
    guardrails: metricOption.default("guard_requests_total"),
    drift: metricOption.default("ai_drift_psi"),
  },
  slos: (options, select) => [...evaluations(options, select), ...signals(options, select), drift(options, select)],
  examples: [{ options: {}, sample: "ai-quality" }],
};

const LEAST_EVENTS = 200;
const LEAST_THUMBS = 50;
const common = { window: "7d", alerting: lowVolume, minEvents: LEAST_EVENTS } as const;

/** Evaluations that have an SLO of their own are not in the pass rate. */
const APART = "accuracy|groundedness|hallucination";

function evaluations({ evaluations: metric, passed }: Own, select: Select): Blueprint[] {
  const label = { label: "label", op: "=~" as const, value: passed };
  const results = (evals: string) => ({ total: select(metric, evals), good: select(metric, evals, [label]) });
  return [
    share({
      ...common,
      ...results(`eval!~"${APART}"`),
      name: "eval-pass-rate",
      description: "Answers pass their evaluations.",
      objective: 95,
      groupBy: ["eval"],
    }),
    share({
      ...common,
      ...results('eval="accuracy"'),
      name: "accuracy",
      description: "Answers are correct, among those with a known correct answer.",
      objective: 95,
    }),
    share({
      ...common,
      ...results('eval=~"groundedness|hallucination"'),
      name: "groundedness",
      description: "Answers agree with their sources: no hallucination.",
      objective: 98,
    }),
  ];
}

function signals({ feedback, responses, guardrails }: Own, select: Select): Blueprint[] {
  return [
    share({
      ...common,
      name: "satisfaction",
      description:
        "Feedback is positive. Users who rate are not like those who do not: watch the change, not the level.",
      objective: 85,
      minEvents: LEAST_THUMBS,
      total: select(feedback, 'rating=~"up|down"'),
      bad: select(feedback, 'rating="down"'),
    }),
    share({
      ...common,
      name: "refusals",
      description: "Answers are given, not refused.",
      objective: 95,
      total: select(responses),
      bad: select(responses, 'outcome="refusal"'),
    }),
    share({
      ...common,
      name: "guardrail-blocks",
      description: "Guardrails let requests pass. More blocks than usual mean an attack, or a faulty guardrail.",
      objective: 98,
      total: select(guardrails),
      bad: select(guardrails, 'guard_action="deny"'),
    }),
  ];
}

function drift({ drift: metric }: Own, select: Select): Blueprint {
  return bounded({
    name: "drift",
    description: "Inputs look like those of the reference: watch a PSI above 0.1, act on one above 0.25.",
    objective: 95,
    window: "7d",
    alerting: lowVolume,
    groupBy: ["feature"],
    metric: select(metric),
    op: "<=",
    threshold: 0.25,
    slice: "5m",
  });
}
