/** Typed identities for declarations. They never throw, so the problems of all files come together. */
import { noteCallSite } from "./call-site.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "./declaration.ts";

// Not generic: a generic identity would accept misspelt keys.

/**
 * A service with its objectives and budgets.
 *
 * @example defineService({
 *   name: "shop",
 *   owner: "payments",
 *   slos: [
 *     {
 *       name: "availability",
 *       objective: 99.9,
 *       sli: events({ total: "http_requests_total", bad: 'http_requests_total{code=~"5.."}' }),
 *     },
 *   ],
 * })
 */
export function defineService(service: ServiceDeclaration): ServiceDeclaration {
  return noteCallSite(service, defineService);
}

/**
 * One objective, where it is declared apart from its service.
 *
 * @example defineSlo({ name: "probes", objective: 99.5, window: "28d", sli: probe({ metric: "probe_success" }) })
 */
export function defineSlo(slo: SloDeclaration): SloDeclaration {
  return noteCallSite(slo, defineSlo);
}

/**
 * The environment that the rules will meet.
 *
 * @example definePlatform({
 *   retention: "60d",
 *   receivers: { default: { page: { pagerduty: { secret: "pagerduty" } } } },
 * })
 */
export function definePlatform(platform: PlatformDeclaration): PlatformDeclaration {
  return noteCallSite(platform, definePlatform);
}
