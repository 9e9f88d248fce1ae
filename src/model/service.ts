/**
 * What a declaration becomes once it is parsed: units resolved, defaults filled in, every value valid.
 * No later stage checks any of it again.
 */
import type {
  AlertingDeclaration,
  BusinessHours,
  ReceiverDeclaration,
  Severity,
  TeamReceivers,
  Text,
} from "../declare/declaration.ts";
import type { Source } from "../issue.ts";
import type { Sli } from "../sli/index.ts";
import type { Budgeting } from "./budgeting.ts";
import type { Experiment } from "./experiment.ts";
import type { KubernetesTarget } from "./kubernetes-target.ts";
import type { Occurrences } from "./occurrences.ts";
import type { Periods } from "./period.ts";
import type { SpendBudget } from "./spend.ts";

export type { Severity } from "../declare/declaration.ts";
export type { Experiment } from "./experiment.ts";
export type * from "./spend.ts";

/** A service as declared, with its SLOs and budgets parsed. */
export interface Service {
  readonly name: string;
  readonly description: string | undefined;
  readonly owner: string;
  /** Below which its runbooks are published, without a slash at the end. */
  readonly runbooks: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Whether it serves, calls or judges models: its runbooks speak of models, prompts and tokens. */
  readonly ai: boolean;
  /** Names it had before. */
  readonly formerly: readonly string[];
  readonly slos: readonly Slo[];
  readonly budgets: readonly SpendBudget[];
  readonly experiments: readonly Experiment[];
  readonly source: Source | undefined;
}

/** A time in which nothing counts. */
export interface Exclusion {
  readonly reason: string;
  /** As it was declared. */
  readonly when: string;
  /** How long each occurrence lasts. */
  readonly seconds: number;
  /** East of UTC: occurrences are local times. */
  readonly offsetSeconds: number;
  readonly occurrences: Occurrences;
}

/** A lower objective that was agreed on. */
export interface Loosened {
  /** Percent. */
  readonly from: number;
  readonly why: string;
}

/** The objective of the groups that carry these labels. */
export interface GroupObjective {
  readonly match: Readonly<Record<string, string>>;
  readonly objectivePercent: number;
  readonly errorBudget: number;
}

/** What alerts when the measurement is gone or wrong. */
export interface Absence {
  readonly noData: boolean;
  readonly broken: boolean;
  /** Of `SloNoData`. */
  readonly severity: "ticket" | "page";
  readonly forSeconds: number;
}

/** What was agreed for the time when the error budget runs out: shares of it that are left. */
export interface Policy {
  readonly freezeAt: number;
  readonly warnBelow: number | undefined;
  readonly exceptions: readonly { readonly until: string; readonly why: string }[];
  readonly says: string | undefined;
}

/** What to look at first, and the PromQL that shows it. */
export interface FirstCheck {
  readonly what: string;
  readonly how: string | undefined;
  readonly query: string | undefined;
}

/** One objective, ready to compile. All times are in seconds. */
export interface Slo {
  /** `service/slo`. */
  readonly id: string;
  readonly service: string;
  readonly name: string;
  readonly owner: string;
  readonly description: string | undefined;
  readonly sli: Sli;
  /** Of a composite: how long the slices of each component are, 0 where it counts events. */
  readonly componentSlices?: readonly number[];
  /** Percent, as declared: 99.9. */
  readonly objectivePercent: number;
  /** The share of events that may be bad, exact: 0.001. */
  readonly errorBudget: number;
  /** Of single groups; no group matches two. */
  readonly objectives: readonly GroupObjective[];
  /** What its budgets are for; the first is the primary one. */
  readonly periods: Periods;
  /** Of the primary period: nominal where it is one of the calendar. */
  readonly windowSeconds: number;
  readonly exclusions: readonly Exclusion[];
  /** As declared, and without the platform's identity labels. */
  readonly groupBy: readonly string[];
  readonly alerting: AlertingDeclaration;
  readonly budgeting: Budgeting;
  /** Every window reads raw series. */
  readonly noTraffic: "ignore" | "bad" | "good";
  readonly absence: Absence;
  readonly minEvents: number | undefined;
  readonly minBad: number | undefined;
  readonly eventsPerDay: number | undefined;
  /** The service's labels with the SLO's over them. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, Text>>;
  /** The most specific one that is declared. */
  readonly policy: Policy | undefined;
  /** What its runbook asks first; none: what is general. */
  readonly checks: readonly FirstCheck[];
  /** Absolute URL, or undefined (an issue of its own). */
  readonly runbook: string | undefined;
  readonly dependsOn: readonly string[];
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
  readonly reviewBy: string | undefined;
  /** Percent that the objective was lowered from, and why. */
  readonly loosened: Loosened | undefined;
  /** Names it had before. */
  readonly formerly: readonly string[];
  readonly generation: number;
  /** Where it stands in its declaration, for issues of later stages. */
  readonly path: readonly (string | number)[];
  readonly source: Source | undefined;
}

/** The environment, with every default filled in. */
export interface Platform {
  readonly scrapeSeconds: number;
  readonly evaluationSeconds: number;
  readonly settleSeconds: number;
  readonly retentionSeconds: number | undefined;
  readonly ruler: { readonly rulesPerGroup: number; readonly groups: number | undefined };
  readonly identity: readonly string[];
  readonly receivers: Readonly<Record<string, TeamReceivers>>;
  readonly watchdog: ReceiverDeclaration | undefined;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly businessHours: BusinessHours | undefined;
  readonly requiredLabels: readonly string[];
  readonly dashboards: string | undefined;
  /** UID of Grafana's data source. */
  readonly dataSource: string | undefined;
  /** Prometheus's base URL, where a reader runs queries. */
  readonly queries: string | undefined;
  readonly runbooks: string | undefined;
  readonly policy: Policy | undefined;
  readonly secretsDirectory: string;
  /** Undefined where there is no cluster. */
  readonly kubernetes: KubernetesTarget | undefined;
  readonly buckets: Readonly<Record<string, readonly number[]>>;
  readonly foreign: readonly string[];
  readonly metricTypes: Readonly<Record<string, "counter" | "gauge">>;
}
