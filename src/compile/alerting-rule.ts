/** The alerting rules of whatever is watched: SLOs, budgets, experiments, and a service as a whole. */
import type { Text } from "../declare/declaration.ts";
import type { Platform, Severity } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { type Links, linkAnnotations, silenceAnnotations } from "./annotations/alert-fields.ts";
import type { AlertingRule } from "./plan.ts";

/** What tells one alert from the others of what is watched. */
export interface AlertFields {
  readonly name: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly expr: Expr;
  readonly comment?: string;
  readonly summary: Text;
  readonly description: Text;
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** What is watched, as its alerts name it. */
export interface Watched {
  /** The labels that all its series carry. */
  readonly id: Readonly<Record<string, string>>;
  readonly owner: string;
  /** In the order in which they are written. None of them replaces one that firebreak sets itself. */
  readonly labels: Readonly<Record<string, string>>;
  readonly links: Links;
  /** By which its alerts are grouped, sorted. */
  readonly groupBy?: readonly string[];
  readonly annotations?: Readonly<Record<string, Text>>;
}

/** An alerting rule. Nothing in its labels changes while it fires: that would be another alert. */
export function alertOf(fields: AlertFields, watched: Watched, { severities }: Platform): AlertingRule {
  const { name, tier, severity, expr, comment, forSeconds, keepFiringForSeconds = 0, summary, description } = fields;
  const own = { ...watched.id, tier, severity: severities[severity], owner: watched.owner };
  return {
    type: "alert",
    alert: name,
    severity,
    ...(comment === undefined ? {} : { comment }),
    expr,
    forSeconds,
    keepFiringForSeconds,
    labels: { ...own, ...withoutKeys(watched.labels, own) },
    annotations: {
      summary,
      description,
      ...linkAnnotations(name, watched.links),
      ...silenceAnnotations(watched.groupBy ?? []),
      ...watched.annotations,
    },
  };
}

/** Declared labels without those that firebreak itself sets, which stay as they are. */
export function withoutKeys(labels: Readonly<Record<string, string>>, own: object): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([label]) => !(label in own)));
}
