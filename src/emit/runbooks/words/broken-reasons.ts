/** What each reason of an alert on the measurement means, and what repairs it. */
import type { AlertingRule } from "../../../compile/plan.ts";

export interface Reason {
  readonly reason: string;
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The reasons that alerts of one name are distinguished by, in their order.
 *
 * @param needs - What has to be switched on before there is any data.
 */
export function reasonsOf(rules: readonly AlertingRule[], needs: readonly string[] = []): Reason[] {
  const reasons = rules.flatMap(({ labels: { reason } }) => (reason === undefined ? [] : [reason]));
  return [...new Set(reasons)].map((reason) => withNeeds({ reason, ...(words[reason] ?? unknown) }, needs));
}

function withNeeds(reason: Reason, needs: readonly string[]): Reason {
  return reason.reason === "never-any-data" ? { ...reason, remedy: [reason.remedy, ...needs].join(" ") } : reason;
}

const words: Readonly<Record<string, Omit<Reason, "reason">>> = {
  "some-down": {
    meaning: "A target of the job went down within the hour, and what it counted is counted no more.",
    remedy: "Look at that target: the others may serve its users, or not.",
  },
  "all-down": {
    meaning: "No target of the job is up.",
    remedy: "Treat it as a full outage until somebody has seen the service answer.",
  },
  gone: {
    meaning: "A page fired within the hour, and since then the job has no target any more: nobody counts its errors.",
    remedy: "That the burn ended is no recovery. Ask whether it was scaled to nothing; else treat it as a full outage.",
  },
  "no-targets": {
    meaning: "Its jobs have no target any more: service discovery finds none.",
    remedy: "Was the service moved or renamed? Then correct the declaration. Else look at service discovery.",
  },
  "no-series": {
    meaning: "For three hours no group has had any data, although there was traffic within the day.",
    remedy: "Is there really no traffic? Was a metric or a label renamed? Run the raw queries below.",
  },
  "bad-over-total": {
    meaning: "More bad events are counted than events.",
    remedy: "The bad metric counts something else, or counts twice: compare the two selectors.",
  },
  "good-over-total": {
    meaning: "More good events are counted than events.",
    remedy: "The good metric counts something else, or counts twice: compare the two selectors.",
  },
  "ratio-out-of-range": {
    meaning: "The mean of the ratio is below 0 or above 1.",
    remedy: "Most often it is in percent: divide it by 100 in an expression, or give the counters that it is made of.",
  },
  "never-any-data": {
    meaning: "Nothing was counted in the whole period, and the metric has no series.",
    remedy: "Most often the metric or a matcher is misspelt: run the raw query below.",
  },
  "group-label-missing": {
    meaning: "No series has a label of `groupBy`: all of them are one group, and no alert can say which.",
    remedy: "Most often the label is misspelt in `groupBy`: compare it with a series that the target exposes.",
  },
  "counters-fall": {
    meaning:
      "Counters fall again and again while their targets stay up, and each fall is counted as a restart: the numbers mean nothing, and the SLO does not page until it is corrected.",
    remedy:
      "Several workers answer behind one endpoint (give each a port, or use the client library's multiprocess mode), or the metric is a gauge.",
  },
  "component-missing": {
    meaning: "A component of this composite has no data: it is left out, as if it were well.",
    remedy: "Load its service's rules into the same ruler; then look at the component's own alerts.",
  },
  gap: {
    meaning: "The rules did not run for more than three days, so that the sums of the period were forgotten.",
    remedy:
      "Until the next period begins the budget counts from the end of the gap. Find out why the ruler stood still.",
  },
  "evaluations-missed": {
    meaning: "More than a tenth of the rule evaluations of the last six hours did not take place.",
    remedy:
      "Look at Prometheus itself: restarts, `prometheus_rule_group_iterations_missed_total`, slow rule groups. What was missed is not counted.",
  },
};

const unknown = {
  meaning: "The measurement cannot be trusted.",
  remedy: "Compare the raw queries below with what the targets expose.",
} as const;
