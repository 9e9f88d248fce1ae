/** The environment that the rules will meet. */
import type { KubernetesDeclaration } from "./kubernetes.ts";
import type { BusinessHours, ReceiverDeclaration, TeamReceivers } from "./receivers.ts";
import type { PolicyDeclaration } from "./runbook.ts";
import type { ClientBuckets, Duration, LabelName, Severity } from "./values.ts";

/** The environment that the rules will meet. Everything has a sound default. */
export interface PlatformDeclaration {
  /** How often targets are scraped. Default `30s`. `evaluation-too-slow` above 4m. */
  readonly scrapeInterval?: Duration;
  /** How often fast rules run. Default `30s`. `evaluation-too-slow` above 4m. */
  readonly evaluationInterval?: Duration;
  /** How long a scrape may take to become visible. Default: the scrape timeout, `10s`; remote rulers: `2m`. */
  readonly settle?: Duration;
  /** How long Prometheus keeps samples. Undeclared: `retention-unknown`, once. */
  readonly retention?: Duration;
  /** Limits of the ruler that loads the rules. Default: Mimir's, 20 rules per group. */
  readonly ruler?: {
    /** Rules that it takes in one group. Default 20. `too-many-rules` where a group cannot be split so far. */
    readonly rulesPerGroup?: number;
    /** Groups that it takes. Default: any number. `too-many-groups` where there are more. */
    readonly groups?: number;
  };
  /** Major version. Default 3: the rules need ranges that are open on the left, which Prometheus has since. */
  readonly prometheus?: 3;
  /** Labels that tell clusters or tenants apart in a central ruler; kept on every series. Default: none. */
  readonly identity?: readonly LabelName[];
  /**
   * By team (a service's owner); the team `default` serves everyone without an entry. Default: none, with
   * `no-receivers`; `missing-receiver` where a page reaches nobody.
   */
  readonly receivers?: Readonly<Record<string, TeamReceivers>>;
  /**
   * Who notices when alerts stop: Alertmanager sends it the `Watchdog` of kube-prometheus, which always fires, every five
   * minutes. Usually the webhook of a heartbeat. Default: nobody.
   */
  readonly watchdog?: ReceiverDeclaration;
  /** The words emitted as the `severity` label. Default page, ticket, info. */
  readonly severities?: "kube-prometheus" | Readonly<Partial<Record<Severity, string>>>;
  /** When tickets may disturb. Default: always. */
  readonly businessHours?: BusinessHours;
  /** Labels that every service or SLO must declare, else `missing-label`. Default: none. */
  readonly requiredLabels?: readonly LabelName[];
  /** Grafana's base URL, for links in alerts: `https://grafana.example.com`. Default: no links. */
  readonly dashboards?: string;
  /** UID of the Prometheus data source in that Grafana: runbooks open their queries in Explore on it. Default: Grafana's own default. */
  readonly dataSource?: string;
  /** Prometheus's base URL, for links that run a query there: `https://prometheus.example.com`. Default: none. */
  readonly queries?: string;
  /** Error-budget policy of all SLOs that have none of their own, nor their service. Default: none. */
  readonly policy?: PolicyDeclaration;
  /** Base URL of runbooks for services that declare none: an SLO's is at `<runbooks>/<service>/<slo>`. Default: none, with `missing-runbook`. */
  readonly runbooks?: string;
  /** Directory in which Alertmanager finds the secrets, one file each. Default `/etc/alertmanager/secrets`. */
  readonly secretsDirectory?: string;
  /** How everything reaches a cluster: makes `generated/kubernetes/`. Default: no cluster. */
  readonly kubernetes?: KubernetesDeclaration;
  /** Bucket boundaries known to exist, by histogram name, in the metric's unit. Default: those that are known of systems. */
  readonly buckets?: Readonly<Record<string, readonly number[] | ClientBuckets>>;
  /** What names of metrics begin with that are not yours to change, such as `["legacy_"]`: no `metric-name` for them. Default: none. */
  readonly foreign?: readonly string[];
  /** What a metric is, by its name, where the name says otherwise: `{ azure_calls_total: "counter" }`. */
  readonly metricTypes?: Readonly<Record<string, "counter" | "gauge">>;
}
