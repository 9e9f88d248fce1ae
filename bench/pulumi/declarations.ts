/** Many services of ten SLOs each, for a target like that of most users. */
import type { KubernetesDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";

export const SLOS_PER_SERVICE = 10;

export const NAMESPACE = "bench";

export const target: KubernetesDeclaration = { kind: "operator", namespace: NAMESPACE, selectorLabels: {} };

/** @param objective - Of the first SLO of the first service: the one that changes. */
export function manyServices(count: number, objective: number): ServiceDeclaration[] {
  return Array.from({ length: count }, (_item, service) => ({
    name: `service-${service}`,
    owner: `team-${service % 7}`,
    runbooks: "https://runbooks.example.com",
    slos: Array.from({ length: SLOS_PER_SERVICE }, (_slo, slo) =>
      sloOf(service, slo, service === 0 && slo === 0 ? objective : 99.9),
    ),
  }));
}

function sloOf(service: number, slo: number, objective: number): SloDeclaration {
  const selector = `requests_total{service="${service}",route="${slo}"`;
  const sli = { kind: "events", total: `${selector}}`, bad: `${selector},code=~"5.."}` } as const;
  return { name: `slo-${slo}`, objective, sli };
}
