/**
 * Routes of others that would hear of firebreak's alerts if its own did not stand first. With `continue` that was meant:
 * an archive or a dashboard that is to get everything.
 */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, type IssuePath, issue, sortIssues } from "../../issue.ts";
import { type Labels, type Matched, takerOf } from "./foreign-matchers.ts";
import { parseForeign } from "./foreign-yaml.ts";
import { withoutOurs } from "./merge.ts";
import { alertsIn } from "./route-tests.ts";

/** @param file - What the text is called in issues. */
export function unheardRoutes(text: string, plan: Plan, file: string): Issue[] {
  const { route }: { readonly route?: unknown } = parseForeign(withoutOurs(text) ?? "").toJS();
  // Read once: there are thousands of alerts.
  const root = readRoute(route, [file, "route"], undefined);
  const found = new Map<ForeignRoute, Unheard>();
  for (const labels of alertsIn(plan))
    for (const each of continuing(root, labels))
      if (!found.has(each)) found.set(each, { ...each, alert: labels.alertname ?? "" });
  return sortIssues([...found.values()].map(toIssue));
}

interface ForeignRoute {
  readonly path: IssuePath;
  readonly receiver: unknown;
  readonly continues: boolean;
  readonly takes: (labels: Labels) => boolean;
  readonly routes: readonly ForeignRoute[];
}

/** @param inherited - The parent's receiver, where the route has none. */
function readRoute(value: unknown, path: IssuePath, inherited: unknown): ForeignRoute {
  const fields: RouteFields = typeof value === "object" && value !== null ? value : {};
  const { receiver = inherited, routes } = fields;
  const inside = Array.isArray(routes) ? routes : [];
  return {
    path,
    receiver,
    continues: fields.continue === true,
    takes: takerOf(fields),
    routes: inside.map((each, index) => readRoute(each, [...path, "routes", index], receiver)),
  };
}

interface RouteFields extends Matched {
  readonly receiver?: unknown;
  readonly continue?: unknown;
  readonly routes?: unknown;
}

interface Unheard extends Pick<ForeignRoute, "path" | "receiver"> {
  /** The first alert that it would get. */
  readonly alert: string;
}

/** As Alertmanager walks its tree: the first route that matches and does not continue is the last. */
function continuing({ routes }: ForeignRoute, labels: Labels): ForeignRoute[] {
  const found: ForeignRoute[] = [];
  for (const route of routes) {
    if (!route.takes(labels)) continue;
    if (!route.continues) return [...found, ...continuing(route, labels)];
    found.push(route);
  }
  return found;
}

function toIssue({ path, receiver, alert }: Unheard): Issue {
  return issue(
    "route-unheard",
    path,
    `this route to \`${receiver}\` has \`continue\` and matches alerts of firebreak, such as ${alert}, but does not get them: firebreak's routes come before it and do not continue.`,
    `Where it is to get them, add its integration to the platform's \`receivers\`; where not, say so with the matcher slo_service="".`,
  );
}
