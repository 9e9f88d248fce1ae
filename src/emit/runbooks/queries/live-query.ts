/** A query that a reader runs with one click and may then change: in Grafana's Explore, in Prometheus, or by pasting it. */
import type { Platform } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { print } from "../../../promql/print.ts";
import { linkTarget } from "../markdown/markdown.ts";

export interface LiveQuery {
  /** Names of metrics stand between back-ticks. */
  readonly title: string;
  /** On one line. */
  readonly promql: string;
  /** Where it runs, by the name of the place; the first is the one to click. Each address can be the target of a link. */
  readonly places: readonly { readonly name: string; readonly url: string }[];
}

/** @param title - What its answer says, without a full stop. */
export function liveQuery(title: string, expr: Expr, platform: Platform): LiveQuery {
  return liveText(title, print(expr, Infinity), platform);
}

/** The same of a query that was declared as text. */
export function liveText(title: string, promql: string, { dashboards, dataSource, queries }: Platform): LiveQuery {
  const explore = dashboards && exploreUrl(dashboards, dataSource, promql);
  const prometheus = queries && prometheusUrl(queries, promql);
  const places = [
    { name: "Explore", url: explore },
    { name: "Prometheus", url: prometheus },
  ];
  return {
    title,
    promql,
    places: places.flatMap(({ name, url }) => (url === undefined ? [] : [{ name, url: linkTarget(url) }])),
  };
}

/** Long enough to show how it began. */
const RANGE = "6h";

/** https://grafana.com/docs/grafana/latest/explore/get-started-with-explore/#generate-explore-urls-from-external-tools */
function exploreUrl(grafana: string, uid: string | undefined, expr: string): string {
  const source = uid === undefined ? {} : { datasource: uid };
  const of = uid === undefined ? {} : { datasource: { type: "prometheus", uid } };
  const pane = { ...source, queries: [{ refId: "A", expr, ...of }], range: { from: `now-${RANGE}`, to: "now" } };
  return `${grafana}/explore?schemaVersion=1&panes=${encodeURIComponent(JSON.stringify({ a: pane }))}`;
}

function prometheusUrl(prometheus: string, expr: string): string {
  return `${prometheus}/query?g0.expr=${encodeURIComponent(expr)}&g0.tab=graph&g0.range_input=${RANGE}`;
}
