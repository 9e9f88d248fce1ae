/** Rules as the HTTP API of a Prometheus gives them. */

/** Times in seconds. */
export interface LoadedRule {
  readonly type: "recording" | "alerting";
  readonly name: string;
  readonly query: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface LoadedGroup<R extends LoadedRule = LoadedRule> {
  readonly name: string;
  /** In seconds. */
  readonly interval: number;
  readonly rules: readonly R[];
}
