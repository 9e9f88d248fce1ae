/**
 * The parts of an Alertmanager configuration that firebreak writes. Matchers are values (`Matcher`) until the file is
 * printed, and text in it.
 * https://prometheus.io/docs/alerting/latest/configuration/
 */

export interface AlertmanagerConfig<M = string> {
  readonly templates: readonly string[];
  readonly route: Route<M>;
  readonly receivers: readonly Receiver[];
  readonly inhibit_rules: readonly InhibitRule<M>[];
  readonly time_intervals?: readonly TimeInterval[];
}

export interface Route<M = string> {
  readonly receiver: string;
  readonly matchers?: readonly M[];
  readonly group_by: readonly string[];
  readonly group_wait: string;
  readonly group_interval: string;
  readonly repeat_interval: string;
  readonly active_time_intervals?: readonly string[];
  readonly routes?: readonly Route<M>[];
}

/** A name, and lists of integrations by their key, such as `slack_configs`. */
export interface Receiver {
  readonly name: string;
  readonly [integrations: `${string}_configs`]: readonly Readonly<Record<string, unknown>>[];
}

export interface InhibitRule<M = string> {
  readonly source_matchers: readonly M[];
  readonly target_matchers: readonly M[];
  readonly equal?: readonly string[];
}

export interface TimeInterval {
  readonly name: string;
  readonly time_intervals: readonly {
    readonly times: readonly { readonly start_time: string; readonly end_time: string }[];
    readonly weekdays: readonly string[];
    readonly location: string;
  }[];
}
