/** Services of the scenarios: each counts the requests of a job of its name. */
import type { ServiceDeclaration, SloDeclaration } from "../../../src/model/declaration.ts";

/** A service with one SLO. */
export function availability(name: string, more: Partial<SloDeclaration> = {}): ServiceDeclaration {
  return service(name, [slo(name, "availability", more)]);
}

export function service(name: string, slos: readonly SloDeclaration[]): ServiceDeclaration {
  return { name, owner: "shop", runbooks: "https://runbooks.example.com", slos };
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
