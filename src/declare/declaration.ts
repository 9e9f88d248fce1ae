/**
 * What a user writes. Plain data: every interface here is public, hand-written so that its comments reach
 * the reader's editor, and held to the schemas beside it by a compile-time test.
 */

import type { ExperimentDeclaration } from "./experiment-declaration.ts";
import type { BudgetDeclaration } from "./spend-declaration.ts";

export type * from "./experiment-declaration.ts";
export type * from "./spend-declaration.ts";

import type { KubernetesDeclaration } from "./kubernetes-declaration.ts";

export type * from "./kubernetes-declaration.ts";

/** A length of time, such as `"30s"`, `"90m"` or `"30d"`. One unit only: `"1h30m"` is `"90m"`. */
export type Duration = `${number}${"ms" | "s" | "m" | "h" | "d" | "w"}`;

/** A PromQL vector selector as text, such as `http_requests_total{code=~"5.."}`. */
export type MetricSelector = string;

/**
 * PromQL where a selector is not enough. For counts it gives a rate per second with exactly the groupBy labels,
 * and `$window` is the range to use: `sum by (model) (rate(x[$window]))`. For gauges it gives the value itself.
 */
export interface PromqlExpression {
  readonly promql: string;
  /**
   * What it counts or measures, as a noun without a full stop: `"requests that missed a threshold"`. It stands in
   * `explain`, runbooks and dashboards. Default: the expression itself.
   */
  readonly meaning?: string;
}

/**
 * A gauge that says how many there were in the last period, as exporters of CloudWatch, Azure Monitor and Google Cloud
 * Monitoring have it. Made by `perPeriod()`.
 */
export interface PerPeriodMetric {
  readonly perPeriod: MetricSelector;
  readonly period: Duration;
  readonly delay?: Duration;
}

/** A selector, or where that is not enough an expression or a count of a period. */
export type Metric = MetricSelector | PromqlExpression | PerPeriodMetric;

/** Text with Go template actions, such as `{{ $labels.model }}`. Made by `template()`; plain strings are data. */
export interface TemplateText {
  readonly template: string;
}

/** Annotation text: a plain string is shown as it is, `template()` is expanded by Prometheus. */
export type Text = string | TemplateText;

/** A metric, or several whose sum counts: successes and failures, reads and writes. */
export type Counters = Metric | readonly Metric[];

/** Good and bad events: requests, jobs, messages. Two of `total`, `bad` and `good`: without `total` it is the sum of the others. */
export type EventsDeclaration = { readonly kind: "events" } & (
  | { readonly total: Counters; readonly bad: Counters; readonly good?: never }
  | { readonly total: Counters; readonly good: Counters; readonly bad?: never }
  | { readonly good: Counters; readonly bad: Counters; readonly total?: never }
);

/** The boundaries that a client library gives a histogram without any of its own. In seconds but for `otel-sdk`: milliseconds. */
export type ClientBuckets = "client_golang" | "client_python" | "prom-client" | "otel-http" | "otel-sdk";

/** Observations at or below a threshold, from a histogram. */
export interface LatencyDeclaration {
  readonly kind: "latency";
  /** The histogram's base name with matchers, without `_bucket`: `ai_inference_latency_seconds{job="api"}`. */
  readonly histogram: MetricSelector;
  /** A bucket boundary, in the metric's unit as a duration (`"1s"`) or as a plain number (`1`). */
  readonly threshold: Duration | number;
  /** How Prometheus stores it. Default `classic`. */
  readonly type?: "classic" | "native" | "nhcb";
  /** Bucket boundaries of this histogram, in the metric's unit, where they are not those that are known of the system. */
  readonly buckets?: readonly number[] | ClientBuckets;
}

/** Comparison that holds in a good slice. */
export type Comparison = "<" | "<=" | ">" | ">=" | "==" | "!=";

/** Time slices in which `metric op threshold` holds, such as a queue that is short enough. */
export interface GaugeDeclaration {
  readonly kind: "gauge";
  readonly metric: Metric;
  readonly op: Comparison;
  readonly threshold: number;
  /** Length of a slice. Default `1m`. */
  readonly slice?: Duration;
}

/** Time slices in which a 0/1 gauge is 1, such as `up` or `probe_success`. */
export interface ProbeDeclaration {
  readonly kind: "probe";
  readonly metric: Metric;
  readonly slice?: Duration;
}

/** Time slices in which the last success is younger than `maxAge`. */
export interface FreshnessDeclaration {
  readonly kind: "freshness";
  /** A gauge that holds the Unix time of the last success, in seconds. */
  readonly timestamp: Metric;
  readonly maxAge: Duration;
  readonly slice?: Duration;
}

/** Time slices with at least, or at most, so many events per second. */
export type ThroughputDeclaration = {
  readonly kind: "throughput";
  readonly metric: Metric;
  readonly slice?: Duration;
} & ({ readonly atLeast: number; readonly atMost?: never } | { readonly atMost: number; readonly atLeast?: never });

/** Mean score as a share of the best one: satisfaction, accuracy, evaluation scores. */
export interface ScoreDeclaration {
  readonly kind: "score";
  /** A counter of the scores' sum. */
  readonly sum: Metric;
  /** A counter of how many were scored. */
  readonly count: Metric;
  /** The best score. Default 1. */
  readonly max?: number;
}

/** A ratio between 0 and 1 that exists already. Averaged over time, not weighted by events. */
export type RatioDeclaration = { readonly kind: "ratio"; readonly slice?: Duration } & (
  | { readonly good: Metric; readonly bad?: never }
  | { readonly bad: Metric; readonly good?: never }
);

/**
 * Made of other SLOs, named `"service/slo"`: the `worst` of them, their `weighted` mean, or all of them in `serial`,
 * where what fails in one of them fails.
 */
export type CompositeDeclaration = { readonly kind: "composite" } & (
  | { readonly of: readonly string[]; readonly as: "worst" | "serial" }
  | {
      /** A component without a weight weighs 1. */
      readonly of: readonly (string | { readonly slo: string; readonly weight: number })[];
      readonly as: "weighted";
    }
);

/** How good and bad are counted. One of the kinds of docs/sli-kinds.md. */
export type SliDeclaration =
  | EventsDeclaration
  | LatencyDeclaration
  | GaugeDeclaration
  | ProbeDeclaration
  | FreshnessDeclaration
  | ThroughputDeclaration
  | ScoreDeclaration
  | RatioDeclaration
  | CompositeDeclaration;

/** Who must act, and how soon. What is emitted as a label comes from the platform's `severities`. */
export type Severity = "page" | "ticket" | "info";

/** One burn-rate alert. Give `budget` or `burn`, not both. */
export type TierDeclaration = {
  /** Stable: it becomes the `tier` label and part of the alert's name. */
  readonly name: string;
  readonly severity: Severity;
  /** The window that decides whether the burn matters. */
  readonly long: Duration;
  /** The window that lets the alert resolve soon after recovery. */
  readonly short: Duration;
  readonly for?: Duration;
} & (
  | {
      /** Share of the error budget spent within `long`, such as 0.02. */
      readonly budget: number;
      readonly burn?: never;
    }
  | {
      /** Multiple of the sustainable rate, such as 14.4. */
      readonly burn: number;
      readonly budget?: never;
    }
);

/** What may be changed of one tier, by its name. */
export interface TierSwitch {
  /** `false` leaves the tier out. */
  readonly enabled?: boolean;
  readonly severity?: Severity;
  readonly for?: Duration;
  readonly keepFiringFor?: Duration;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** Tickets on what is left of the error budget. None by default: burn alerts tell of every incident. */
export interface BudgetAlertsDeclaration {
  /** `SloBudgetExhausted`: nothing is left. */
  readonly exhausted?: boolean;
  /** `SloBudgetLow`, once for every share: less than that is left, such as `[0.25]`. */
  readonly below?: readonly number[];
  /** `SloBudgetForecast`: at the pace of the last quarter of this time, the rest is spent within it. */
  readonly forecast?: Duration;
  /** `SloBudgetDrop`: so much of the whole budget was spent within this time. */
  readonly drop?: { readonly share: number; readonly within: Duration };
}

/** Alerting of one SLO: the default tiers, scaled to its window, or tiers of your own. */
export interface AlertingDeclaration {
  /** `false`: recorded and drawn, but no burn alerts. */
  readonly enabled?: boolean;
  /** Replaces the default tiers. */
  readonly tiers?: readonly TierDeclaration[];
  /** Changes to single tiers, by tier name. */
  readonly overrides?: Readonly<Record<string, TierSwitch>>;
  readonly for?: Duration;
  readonly keepFiringFor?: Duration;
  /**
   * `static` (the default): a burn rate, as if traffic were constant. `traffic`: a share of the budget that was really
   * spent, measured by the traffic of the whole window. Needs events.
   */
  readonly threshold?: "static" | "traffic";
  readonly budget?: BudgetAlertsDeclaration;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** Whether vanished and broken measurements alert, and when. Both default to true. */
export interface AbsenceDeclaration {
  /** `SloTargetsDown` and `SloNoData`. */
  readonly noData?: boolean;
  /** `SloBroken` and `SloOnlyErrors`. */
  readonly broken?: boolean;
  /** How long targets must be down before `SloTargetsDown` alerts. Default `3m`. */
  readonly for?: Duration;
}

/** Slices of time, each good or bad as a whole. The budget counts slices. Made by `timeSlices()`. */
export interface TimeSlicesDeclaration {
  readonly kind: "timeSlices";
  /** Length of a slice, an hour at most. */
  readonly slice: Duration;
  /** A slice is good when at least this percentage of its events is. */
  readonly target: number;
}

/** What the budget counts. */
export type BudgetingDeclaration = "events" | TimeSlicesDeclaration;

/** A period that starts with the calendar, at a fixed offset from UTC. */
export interface CalendarWindow {
  /** Weeks begin on Monday. */
  readonly calendar: "day" | "week" | "month" | "quarter" | "year";
  /** East of UTC, such as `"+01:00"`; default UTC. Daylight saving time cannot be followed. */
  readonly offset?: string;
}

export type Weekday = "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday";

/** A time of every week. */
export interface WeeklyTime {
  readonly on: Weekday | readonly Weekday[];
  /** When it begins, `HH:MM`. */
  readonly at: string;
  readonly for: Duration;
  /** `at` is local to this fixed offset from UTC, such as `+01:00`. Default UTC. */
  readonly offset?: string;
}

/** A time of every month. */
export interface MonthlyTime {
  /** 1 to 28, or the last day. */
  readonly day: number | "last";
  /** When it begins, `HH:MM`. */
  readonly at: string;
  readonly for: Duration;
  /** `at` is local to this fixed offset from UTC, such as `+01:00`. Default UTC. */
  readonly offset?: string;
}

/** A time in which nothing counts: from one instant to another, every week, or every month. */
export type ExclusionDeclaration =
  | {
      readonly reason: string;
      /** With its offset from UTC: `2026-12-24T00:00:00Z`. */
      readonly from: string;
      readonly to: string;
      readonly weekly?: never;
      readonly monthly?: never;
    }
  | {
      readonly reason: string;
      readonly weekly: WeeklyTime;
      readonly from?: never;
      readonly to?: never;
      readonly monthly?: never;
    }
  | {
      readonly reason: string;
      readonly monthly: MonthlyTime;
      readonly from?: never;
      readonly to?: never;
      readonly weekly?: never;
    };

/** The objective of the groups with these labels. */
export interface GroupObjectiveDeclaration {
  readonly match: Readonly<Record<string, string>>;
  /** Percent, as the SLO's own. */
  readonly objective: number;
}

/** What was agreed for the time when the error budget runs out. It is told, and enforces nothing. */
export interface PolicyDeclaration {
  /** What is left, as a share of the budget, when risky changes stop. Default 0: when it is spent. */
  readonly freezeAt?: number;
  /** What is left, as a share of the budget, when everybody is told that it runs out, such as `0.25`. Default: nobody is. */
  readonly warnBelow?: number;
  /** Times in which the freeze does not hold. */
  readonly exceptions?: readonly PolicyExceptionDeclaration[];
  /** What it asks for, in a few sentences: who decides, and what goes first. */
  readonly says?: string;
}

/** The freeze does not hold until the end of a day. */
export interface PolicyExceptionDeclaration {
  /** A date: `2027-01-31`. */
  readonly until: string;
  readonly why: string;
}

/** What to look at first when an SLO burns. It takes the place of the general first checks in its runbook. */
export interface CheckDeclaration {
  /** What is looked at, in a few words: `"Requests that wait"`. */
  readonly what: string;
  /** What the answer means, and what helps: a sentence or two. */
  readonly how?: string;
  /** PromQL that shows it, answered also while nothing is wrong. */
  readonly query?: string;
}

/** One service level objective. */
export interface SloDeclaration {
  /** Unique in its service; `^[a-z][a-z0-9-]{0,62}$`. */
  readonly name: string;
  readonly description?: string;
  readonly sli: SliDeclaration;
  /** Percent, always: `99.9`. */
  readonly objective: number;
  /**
   * Rolling (`"30d"`) or calendar; or several, each with a budget of its own. The first one scales the alerts.
   * Default `"30d"`.
   */
  readonly window?: Duration | CalendarWindow | readonly (Duration | CalendarWindow)[];
  /** Labels whose every combination of values has a budget of its own. */
  readonly groupBy?: readonly string[];
  readonly alerting?: AlertingDeclaration;
  /**
   * What a time without data counts as. `bad` and `good` need time slices, of the SLI or of `budgeting`.
   * Default `bad` for freshness and probe, else `ignore`.
   */
  readonly noTraffic?: "ignore" | "bad" | "good";
  /**
   * What `SloNoData` is when nothing is counted any more: a `ticket` (the default), a `page`, or `off`, which leaves out
   * `SloTargetsDown` too.
   */
  readonly absence?: "ticket" | "page" | "off" | AbsenceDeclaration;
  /** No alert unless the long window holds so many events. */
  readonly minEvents?: number;
  /**
   * No alert unless the long window holds so many bad events (or slices). Default 2, so that one failure among few
   * events pages nobody; 1 turns it off. A score, a ratio and a composite have none.
   */
  readonly minBad?: number;
  /** Events expected per day, so that `explain` can put the budget in events. */
  readonly eventsPerDay?: number;
  /** Added to `slo:info` and to every alert of this SLO. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
  /** Error-budget policy. Default: the service's, or the platform's. */
  readonly policy?: PolicyDeclaration;
  /** First checks of its runbook, four at most. Presets bring their own. */
  readonly checks?: readonly CheckDeclaration[];
  /** URL of this SLO's runbook. Default: the service's `runbooks` with the SLO's name. */
  readonly runbook?: string;
  /** `service/slo` ids whose burning explains this one's: their pages silence this SLO's alerts. */
  readonly dependsOn?: readonly string[];
  readonly scrapeInterval?: Duration;
  readonly evaluationInterval?: Duration;
  /** Names this SLO had before. */
  readonly formerly?: readonly string[];
  /** Date (`2027-01-31`) by which the objective is to be looked at again. */
  readonly reviewBy?: string;
  /** Changes when the SLI's meaning changes, to start the budget anew. */
  readonly generation?: number;
  /** What the budget counts: events (the default), or slices of time for an SLI that counts events. */
  readonly budgeting?: BudgetingDeclaration;
  /** Objectives of single groups: by value where groupBy is one label, else by the labels that they match. */
  readonly objectives?: Readonly<Record<string, number>> | readonly GroupObjectiveDeclaration[];
  /** Times in which nothing counts: maintenance, holidays, load tests. */
  readonly exclude?: readonly ExclusionDeclaration[];
}

/** A service with its objectives, budgets and experiments. */
export interface ServiceDeclaration {
  /** Unique; `^[a-z][a-z0-9-]{0,62}$`. */
  readonly name: string;
  readonly description?: string;
  /** The team that answers; routes go to its receivers. */
  readonly owner: string;
  /** Base URL of the runbooks. */
  readonly runbooks?: string;
  /** Error-budget policy of SLOs that have none of their own. Default: the platform's. */
  readonly policy?: PolicyDeclaration;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, Text>>;
  readonly slos?: readonly SloDeclaration[];
  readonly budgets?: readonly BudgetDeclaration[];
  readonly experiments?: readonly ExperimentDeclaration[];
  readonly scrapeInterval?: Duration;
  readonly evaluationInterval?: Duration;
  readonly formerly?: readonly string[];
}

/** Names a secret that the deployment fills in; the config holds a file path, never a value. */
export interface SecretReference {
  readonly secret: string;
}

/** Where alerts of one severity go. Several integrations may be given. */
export interface ReceiverDeclaration {
  readonly pagerduty?: SecretReference;
  readonly opsgenie?: SecretReference;
  readonly slack?: SecretReference & { readonly channel?: string };
  readonly msteams?: SecretReference;
  readonly discord?: SecretReference;
  readonly incidentio?: SecretReference & { readonly url: string };
  readonly jira?: JiraReceiver;
  readonly webhook?: SecretReference | { readonly url: string };
  readonly email?: EmailReceiver;
  /** What is not above: any `*_configs` of Alertmanager, as it has them; a secret is `{ secret: "name" }` in a field that ends in `_file`. */
  readonly raw?: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

/** An issue for each notification group. The secret is an API token, or a personal access token where there is no `user`. */
export interface JiraReceiver extends SecretReference {
  /** Base URL, such as `https://example.atlassian.net`. */
  readonly url: string;
  readonly project: string;
  /** Default `Task`. */
  readonly issueType?: string;
  /** Whose token it is, on Jira Cloud: an e-mail address. */
  readonly user?: string;
  /** The transition that closes the issue when all is over. Default: it stays open. */
  readonly resolve?: string;
  /** The transition that opens it again. */
  readonly reopen?: string;
}

/** Mail, with a login where `user` and `secret` are given. */
export interface EmailReceiver {
  readonly to: string;
  readonly from: string;
  readonly smarthost: string;
  readonly user?: string;
  /** Names the secret that is the password. */
  readonly secret?: string;
  /** Default true: no mail without TLS. Port 465 has it from the first byte, others by STARTTLS. */
  readonly requireTls?: boolean;
  /** Certificate authorities of the mail server, where Alertmanager runs: a file. */
  readonly caFile?: string;
}

/** Receivers of one team, by severity. A missing one falls back to the `default` team's. */
export type TeamReceivers = Readonly<Partial<Record<Severity, ReceiverDeclaration>>>;

/** When tickets may disturb: outside it they wait. */
export interface BusinessHours {
  /** IANA name, such as `Europe/Berlin`. Default `UTC`. */
  readonly location?: string;
  /** Default Monday to Friday. */
  readonly days?: readonly Weekday[];
  /** `HH:MM`. */
  readonly start: string;
  readonly end: string;
}

/** The environment that the rules will meet. Everything has a sound default. */
export interface PlatformDeclaration {
  /** Default `30s`. */
  readonly scrapeInterval?: Duration;
  /** Default `30s`. */
  readonly evaluationInterval?: Duration;
  /** How long a scrape may take to become visible. Default: the scrape timeout, `10s`; remote rulers: `2m`. */
  readonly settle?: Duration;
  /** How long Prometheus keeps samples. Undeclared: a warning, once. */
  readonly retention?: Duration;
  /** Limits of the ruler that loads the rules. Default: Mimir's, 20 rules per group. */
  readonly ruler?: { readonly rulesPerGroup?: number; readonly groups?: number };
  /** Major version. The rules need ranges that are open on the left, which Prometheus has since 3. */
  readonly prometheus?: 3;
  /** Labels that tell clusters or tenants apart in a central ruler; kept on every series. */
  readonly identity?: readonly string[];
  /** By team (a service's owner); the team `default` serves everyone without an entry. */
  readonly receivers?: Readonly<Record<string, TeamReceivers>>;
  /**
   * Who notices when alerts stop: Alertmanager sends it the `Watchdog` of kube-prometheus, which always fires, every five
   * minutes. Usually the webhook of a heartbeat. Default: nobody.
   */
  readonly watchdog?: ReceiverDeclaration;
  /** The words emitted as the `severity` label. Default page, ticket, info. */
  readonly severities?: "kube-prometheus" | Readonly<Partial<Record<Severity, string>>>;
  readonly businessHours?: BusinessHours;
  /** Labels that every service or SLO must declare. */
  readonly requiredLabels?: readonly string[];
  /** Grafana's base URL, for links in alerts: `https://grafana.example.com`. */
  readonly dashboards?: string;
  /** UID of the Prometheus data source in that Grafana: runbooks open their queries in Explore on it. Default: Grafana's own default. */
  readonly dataSource?: string;
  /** Prometheus's base URL, for links that run a query there: `https://prometheus.example.com`. */
  readonly queries?: string;
  /** Error-budget policy of all SLOs that have none of their own, nor their service. Default: none. */
  readonly policy?: PolicyDeclaration;
  /** Base URL of runbooks for services that declare none. */
  readonly runbooks?: string;
  /** Directory in which Alertmanager finds the secrets, one file each. Default `/etc/alertmanager/secrets`. */
  readonly secretsDirectory?: string;
  /** How everything reaches a cluster: makes `generated/kubernetes/`. Default: no cluster. */
  readonly kubernetes?: KubernetesDeclaration;
  /** Bucket boundaries known to exist, by histogram name, in the metric's unit. */
  readonly buckets?: Readonly<Record<string, readonly number[] | ClientBuckets>>;
  /** What names of metrics begin with that are not yours to change, such as `["legacy_"]`: `metric-name` is not said of them. */
  readonly foreign?: readonly string[];
  /** What a metric is, by its name, where the name says otherwise: `{ azure_calls_total: "counter" }`. */
  readonly metricTypes?: Readonly<Record<string, "counter" | "gauge">>;
}
