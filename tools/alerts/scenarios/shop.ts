/** What the scenarios have in common: services that count the requests of a job of their name. */
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { SINK } from "../scaled.ts";
import type { Series, Span, Steps } from "../scenario.ts";

/** A service with one SLO, of a team of the same name. */
export function availability(name: string, more: Partial<SloDeclaration> = {}): ServiceDeclaration {
  return service(name, [slo(name, "availability", more)]);
}

export function service(name: string, slos: readonly SloDeclaration[]): ServiceDeclaration {
  return { name, owner: name, runbooks: "https://runbooks.example.com", slos };
}

/** The share of requests of a job that fail. */
export function slo(job: string, name: string, more: Partial<SloDeclaration> = {}): SloDeclaration {
  const sli = {
    kind: "events",
    total: `requests_total{job="${job}"}`,
    bad: `errors_total{job="${job}"}`,
  } as const;
  return { name, objective: 99.9, window: "30d", sli, ...more };
}

/** Ten requests a second, of which so many fail. */
export function traffic(
  job: string,
  errors: Steps,
  more: { readonly down?: readonly Span[]; readonly gone?: readonly Span[] } = {},
): Series[] {
  return [
    { metric: "requests_total", job, rate: 10, ...more },
    { metric: "errors_total", job, rate: errors, ...more },
  ];
}

/** Everything fails in this span. */
export function outage([from, to]: Span): readonly (readonly [minute: number, perSecond: number])[] {
  return [
    [from, 10],
    [to, 0],
  ];
}

/** Each team has its own pager and its own tickets. */
export function teams(...names: readonly string[]): NonNullable<PlatformDeclaration["receivers"]> {
  const own = names.map((name) => [name, receivers(`${name}-`)] as const);
  return { default: receivers(""), ...Object.fromEntries(own) };
}

function receivers(prefix: string) {
  const to = (severity: string) => ({ webhook: { url: `${SINK}/${prefix}${severity}` } });
  return { page: to("page"), ticket: to("ticket"), info: to("info") };
}
