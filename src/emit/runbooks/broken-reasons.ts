/** What each reason of `SloBroken` means, and what mends it. */
import type { Expr } from "../../promql/ast.ts";

export interface Reason {
  readonly reason: string;
  readonly meaning: string;
  readonly remedy: string;
}

/** The reasons for which an alert's expression can fire, in its order. */
export function reasonsOf(expr: Expr): Reason[] {
  return [...new Set(reasonValues(expr))].map((reason) => ({ reason, ...(words[reason] ?? unknown) }));
}

const words: Readonly<Record<string, Omit<Reason, "reason">>> = {
  "bad-without-total": {
    meaning: "Bad events are counted in a group in which no events are counted at all.",
    remedy:
      "The two metrics do not carry the same labels: correct the declaration's `groupBy`, or the instrumentation.",
  },
  "good-is-missing": {
    meaning: "Events are counted, but none of them can be judged.",
    remedy: "The good metric, or the bucket of the threshold, does not exist: compare it with what the target exposes.",
  },
  "good-over-total": {
    meaning: "More good events are counted than events.",
    remedy: "The good metric counts something else, or counts twice: compare the two selectors.",
  },
  "bad-never-seen": {
    meaning: "There was no series of bad events for a day, although the traffic would make some likely.",
    remedy: "Most often the metric is misspelt. If nothing ever failed, expose the metric with the value 0.",
  },
  "bad-label-missing": {
    meaning:
      "Events are counted, and no series of the bad metric has a label that bad events are told by: the error ratio stays 0.",
    remedy:
      'Most often the label is misspelt in `bad`: compare it with a series that the target exposes. Where only bad events carry it, say so with `label!=""` beside its value.',
  },
  "good-label-missing": {
    meaning:
      "Events are counted, and no series of the good metric has a label that good events are told by: all of them look bad.",
    remedy: "Most often the label is misspelt in `good`: compare it with a series that the target exposes.",
  },
  "group-label-missing": {
    meaning:
      "Events are counted, and no series has a label of `groupBy`: all of them are one group, and nobody is told which.",
    remedy: "Most often the label is misspelt in `groupBy`: compare it with a series that the target exposes.",
  },
  "component-missing": {
    meaning: "A component of this composite has no data: it is left out, as if it were well.",
    remedy: "Load its service's rules into the same ruler; then look at the component's own alerts.",
  },
  "never-any-data": {
    meaning: "The rules have run for an hour, and nothing was ever counted.",
    remedy: "Most often the metric or a matcher is misspelt: run the raw query below.",
  },
  "evaluations-missed": {
    meaning: "More than 5% of the rule evaluations of the last six hours did not take place.",
    remedy:
      "Look at Prometheus itself: restarts, `prometheus_rule_group_iterations_missed_total`, slow rule groups. What was missed is not counted.",
  },
};

const unknown = {
  meaning: "The measurement cannot be trusted.",
  remedy: "Compare the raw queries below with what the targets expose.",
} as const;

/** They are set by `label_replace(…, "reason", "<reason>", "", "")`. */
function reasonValues(expr: Expr): string[] {
  switch (expr.node) {
    case "call":
      return [...reasonOfCall(expr.args), ...expr.args.flatMap(reasonValues)];
    case "aggregation":
    case "subquery":
      return reasonValues(expr.expr);
    case "binary":
      return [...reasonValues(expr.left), ...reasonValues(expr.right)];
    default:
      return [];
  }
}

function reasonOfCall([, label, value]: readonly Expr[]): string[] {
  if (label?.node !== "string" || label.value !== "reason" || value?.node !== "string") return [];
  return [value.value];
}
