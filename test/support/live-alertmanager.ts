/** A real Alertmanager under test: the generated configuration, and what it knows of alerts. */
import { parse, stringify } from "yaml";
import type { AlertmanagerConfig, Route } from "../../src/emit/alertmanager/config.ts";
import type { Server } from "./engine-server.ts";
import type { Labels } from "./live-prometheus.ts";
import { PATIENCE_MS } from "./live-wait.ts";

/** An alert with the fingerprints of those that inhibit it. */
export interface KnownAlert {
  readonly labels: Labels;
  readonly fingerprint: string;
  /** Names of those who would be reported. */
  readonly receivers: readonly string[];
  readonly inhibitedBy: readonly string[];
}

/** Every alert that fires. */
export async function knownAlerts(alertmanager: Server): Promise<KnownAlert[]> {
  const response = await fetch(`${alertmanager.url}/api/v2/alerts`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  type Alert = Omit<KnownAlert, "receivers" | "inhibitedBy"> & {
    readonly receivers: readonly { readonly name: string }[];
    readonly status: { readonly inhibitedBy: readonly string[] };
  };
  return ((await response.json()) as readonly Alert[]).map(({ labels, fingerprint, receivers, status }) => ({
    labels,
    fingerprint,
    receivers: receivers.map(({ name }) => name),
    inhibitedBy: status.inhibitedBy,
  }));
}

/** The configuration with other timing in the routes of one severity. Everything else stays as it was generated. */
export function withTiming(config: string, severity: string, timing: Partial<Route>): string {
  const parsed = parse(config) as AlertmanagerConfig;
  const isMeant = (route: Route) => route.matchers?.includes(`severity="${severity}"`);
  const routes = parsed.route.routes?.map((route) => (isMeant(route) ? { ...route, ...timing } : route));
  if (!routes?.some(isMeant)) throw new Error(`there is no route for ${severity}`);
  return stringify({ ...parsed, route: { ...parsed.route, routes } });
}

/** A duration in whole seconds, as the configuration holds it. */
export function secondsOf(duration: string): number {
  const [, amount, unit] = /^(\d+)(s|m|h)$/.exec(duration) ?? [];
  return Number(amount) * { s: 1, m: 60, h: 3600 }[(unit ?? "s") as "s" | "m" | "h"];
}

/** The route that a severity's burn alerts take: those of a single kind have one matcher more. */
export function routeOf(config: string, severity: string): Route {
  const { route } = parse(config) as AlertmanagerConfig;
  const found = route.routes?.find(
    ({ matchers }) => matchers?.length === 3 && matchers.includes(`severity="${severity}"`),
  );
  if (found === undefined) throw new Error(`there is no route for ${severity}`);
  return found;
}
