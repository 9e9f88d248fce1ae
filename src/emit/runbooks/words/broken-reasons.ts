/** What each reason of an alert on the measurement means, and what repairs it. */
import type { AlertingRule } from "../../../compile/plan.ts";
import { unlabelledWords } from "../../../compile/slo/alerts/broken.ts";
import { printSeconds } from "../../../promql/duration.ts";
import type { Counts } from "../../../sli/kind.ts";

export interface Reason {
  readonly reason: string;
  readonly meaning: string;
  readonly remedy: string;
  /** How long it holds first; undefined where alerts of this name differ in nothing. */
  readonly held?: string | undefined;
}

/** What their words depend on. */
export interface Measured {
  readonly counts: Counts;
  /** What has to be switched on before there is any data. */
  readonly needs: readonly string[];
}

/** The reasons that alerts of one name are distinguished by, in their order. */
export function reasonsOf(rules: readonly AlertingRule[], { counts, needs }: Measured): Reason[] {
  const reasons = rules.flatMap(({ labels: { reason } }) => (reason === undefined ? [] : [reason]));
  const known: typeof words = { ...words, "group-label-missing": unlabelled(counts) };
  return [...new Set(reasons)].map((reason) =>
    withNeeds({ reason, held: heldFor(reason, rules), ...(known[reason] ?? unknown) }, needs),
  );
}

function unlabelled(counts: Counts): Omit<Reason, "reason"> {
  const where = counts.apart ? "A metric has no label of `groupBy`." : "No series has a label of `groupBy`.";
  return {
    meaning: `${where} ${unlabelledWords(counts)}`,
    remedy: "Usually the label is misspelt in `groupBy`: compare it with a series that the target exposes.",
  };
}

function heldFor(reason: string, rules: readonly AlertingRule[]): string | undefined {
  if (new Set(rules.map(({ forSeconds }) => forSeconds)).size === 1) return undefined;
  const own = rules.find(({ labels }) => labels.reason === reason);
  return own === undefined ? undefined : `after ${printSeconds(own.forSeconds)}`;
}

function withNeeds(reason: Reason, needs: readonly string[]): Reason {
  return reason.reason === "never-any-data" ? { ...reason, remedy: [reason.remedy, ...needs].join(" ") } : reason;
}

/** Where counters fall, of SLOs as of budgets. */
export const FALLING_REMEDY =
  "Several workers share one endpoint (give each a port, or use the client library's multiprocess mode), or the metric is a gauge.";

const words: Readonly<Record<string, Omit<Reason, "reason">>> = {
  "some-down": {
    meaning:
      "A target went down in the last hour and its traffic is no longer counted. **This alert resolves after an hour even if the target is still down.**",
    remedy: "Check that target; the remaining ones may or may not be serving its users.",
  },
  "all-down": {
    meaning: "No target of the job is up.",
    remedy: "Treat it as a full outage until you have seen the service answer.",
  },
  gone: {
    meaning: "A page fired within the hour, and the job no longer has any targets, so its errors are not counted.",
    remedy:
      "The alert clearing does not mean recovery. Check whether it was scaled to zero; if not, treat it as a full outage.",
  },
  "no-targets": {
    meaning: "Its jobs no longer have any targets: service discovery finds none.",
    remedy:
      "Was the service moved or renamed? Then correct the declaration. Otherwise check service discovery; pods may be pending or scaled to zero.",
  },
  "no-series": {
    meaning: "No group has had any data for three hours, although there was traffic within the day.",
    remedy: "Is there really no traffic? Was a metric or a label renamed? Run the raw queries below.",
  },
  "bad-over-total": {
    meaning: "More bad events than total events are counted.",
    remedy: "The bad metric counts something else, or counts twice: compare the two selectors.",
  },
  "good-over-total": {
    meaning: "More good events than total events are counted.",
    remedy: "The good metric counts something else, or counts twice: compare the two selectors.",
  },
  "ratio-out-of-range": {
    meaning: "The mean of the ratio is below 0 or above 1.",
    remedy: "Usually it is in percent: divide it by 100 in an expression, or declare the counters that it is made of.",
  },
  "never-any-data": {
    meaning: "Nothing was counted in the whole period, and the metric has no series.",
    remedy: "Usually the metric or a matcher is misspelt: run the raw query below.",
  },
  "counters-fall": {
    meaning:
      "Counters fall again and again while their targets stay up, and each fall is counted as a restart: the numbers mean nothing, and the SLO does not page until it is corrected.",
    remedy: FALLING_REMEDY,
  },
  "component-missing": {
    meaning: "A component of this composite has no data: it is left out, as if it were healthy.",
    remedy: "Load its service's rules into the same ruler; then look at the component's own alerts.",
  },
  gap: {
    meaning: "The rules did not run for more than three days, so the sums of the period were lost.",
    remedy: "Until the next period the budget counts from the end of the gap. Find out why rule evaluation stopped.",
  },
  "evaluations-missed": {
    meaning: "More than 10% of the rule evaluations of the last six hours were missed.",
    remedy:
      "Look at Prometheus itself: restarts, `prometheus_rule_group_iterations_missed_total`, slow rule groups. Events in those gaps are not counted.",
  },
};

const unknown = {
  meaning: "The measurement cannot be trusted.",
  remedy: "Compare the raw queries below with what the targets expose.",
} as const;
