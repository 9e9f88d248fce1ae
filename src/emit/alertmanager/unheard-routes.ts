/**
 * Routes of others that would hear of firebreak's alerts if its own did not stand first. With `continue` that was meant:
 * an archive or a dashboard that is to get everything.
 */
import { parseDocument } from "yaml";
import type { Plan } from "../../compile/plan.ts";
import { type Issue, type IssuePath, issue, sortIssues } from "../../issue.ts";
import { type Labels, type Matched, matches } from "./foreign-matchers.ts";
import { withoutOurs } from "./merge.ts";
import { alertsIn } from "./route-tests.ts";

/** @param file - What the text is called in issues. */
export function unheardRoutes(text: string, plan: Plan, file: string): Issue[] {
  const { route }: { readonly route?: unknown } = parseDocument(withoutOurs(text) ?? "", { version: "1.1" }).toJS();
  const found = new Map<string, Unheard>();
  for (const labels of alertsIn(plan))
    for (const each of continuing(routeIn(route), labels, [file, "route"]))
      if (!found.has(each.path.join("."))) found.set(each.path.join("."), each);
  return sortIssues([...found.values()].map(toIssue));
}

interface ForeignRoute extends Matched {
  readonly receiver?: unknown;
  readonly continue?: unknown;
  readonly routes?: unknown;
}

interface Unheard {
  readonly path: IssuePath;
  readonly receiver: string;
  /** The first alert that it would get. */
  readonly alert: string;
}

/** As Alertmanager walks its tree: the first route that matches and does not continue is the last. */
function continuing(parent: ForeignRoute, labels: Labels, path: IssuePath): Unheard[] {
  const found: Unheard[] = [];
  for (const [index, value] of (Array.isArray(parent.routes) ? parent.routes : []).entries()) {
    const route = { receiver: parent.receiver, ...routeIn(value) };
    const place = [...path, "routes", index];
    if (!matches(route, labels)) continue;
    if (route.continue !== true) return [...found, ...continuing(route, labels, place)];
    found.push({ path: place, receiver: String(route.receiver), alert: labels.alertname ?? "" });
  }
  return found;
}

function routeIn(value: unknown): ForeignRoute {
  return typeof value === "object" && value !== null ? value : {};
}

function toIssue({ path, receiver, alert }: Unheard): Issue {
  return issue(
    "route-unheard",
    path,
    `this route to \`${receiver}\` has \`continue\` and matches alerts of firebreak, such as ${alert}, but does not get them: firebreak's routes come before it and do not continue.`,
    `Where it is to get them, add its integration to the platform's \`receivers\`; where not, say so with the matcher slo_service="".`,
  );
}
