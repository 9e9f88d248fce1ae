/** Declarations that nobody wrote: the same SLOs for firebreak and for Sloth, ten to a service. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const SLOS_PER_SERVICE = 10;

/** Every third SLO is a latency, the others count events; all have a group label, as real ones do. */
interface SyntheticSlo {
  readonly service: string;
  readonly name: string;
  readonly kind: "events" | "latency";
  readonly objective: number;
}

/** Writes `slos/index.ts` and one module per service into the folder. */
export function writeDeclarations(folder: string, count: number): void {
  const services = byService(count);
  for (const [service, slos] of services) write(join(folder, "slos", `${service}.ts`), serviceModule(service, slos));
  write(join(folder, "slos", "index.ts"), indexModule([...services.keys()]));
}

/** Writes one Sloth specification per service into the folder. */
export function writeSlothSpecs(folder: string, count: number): void {
  for (const [service, slos] of byService(count)) write(join(folder, `${service}.yaml`), slothSpec(service, slos));
}

function byService(count: number): Map<string, SyntheticSlo[]> {
  const services = new Map<string, SyntheticSlo[]>();
  for (let index = 0; index < count; index++) {
    const slo = syntheticSlo(index);
    services.set(slo.service, [...(services.get(slo.service) ?? []), slo]);
  }
  return services;
}

function syntheticSlo(index: number): SyntheticSlo {
  const kind = index % 3 === 2 ? "latency" : "events";
  const service = `service-${String(Math.floor(index / SLOS_PER_SERVICE)).padStart(4, "0")}`;
  return { service, name: `${kind}-${index % SLOS_PER_SERVICE}`, kind, objective: kind === "latency" ? 99 : 99.9 };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function indexModule(services: readonly string[]): string {
  const imports = services.map((service, index) => `import { service as s${index} } from "./${service}.ts";`);
  const names = services.map((_, index) => `s${index}`);
  return `${imports.join("\n")}
export const services = [${names.join(", ")}];
export const platform = {
  retention: "60d",
  receivers: { default: { page: { pagerduty: { secret: "page" } }, ticket: { slack: { secret: "slack" } } } },
  buckets: { http_request_duration_seconds: [0.1, 0.5, 1, 5] },
};
`;
}

function serviceModule(service: string, slos: readonly SyntheticSlo[]): string {
  return `import { defineService, events, latency } from "firebreak";
export const service = defineService({
  name: "${service}", owner: "team", runbooks: "https://runbooks.example.com/${service}",
  slos: [
${slos.map(sloText).join("\n")}
  ],
});
`;
}

function sloText({ service, name, kind, objective }: SyntheticSlo): string {
  const job = `job="${service}"`;
  const sli =
    kind === "latency"
      ? `latency({ histogram: 'http_request_duration_seconds{${job}}', threshold: "500ms" })`
      : `events({ total: 'http_requests_total{${job}}', bad: 'http_requests_total{${job},code=~"5.."}' })`;
  return `    { name: "${name}", objective: ${objective}, groupBy: ["route"], sli: ${sli} },`;
}

function slothSpec(service: string, slos: readonly SyntheticSlo[]): string {
  return `version: prometheus/v1\nservice: ${service}\nslos:\n${slos.map(slothSlo).join("")}`;
}

function slothSlo({ service, name, kind, objective }: SyntheticSlo): string {
  const job = `job="${service}"`;
  const total = (metric: string): string => `sum by (route) (rate(${metric}{${job}}[{{.window}}]))`;
  const bad =
    kind === "latency"
      ? `${total("http_request_duration_seconds_count")} - sum by (route) (rate(http_request_duration_seconds_bucket{${job},le="0.5"}[{{.window}}]))`
      : `sum by (route) (rate(http_requests_total{${job},code=~"5.."}[{{.window}}]))`;
  const all = total(kind === "latency" ? "http_request_duration_seconds_count" : "http_requests_total");
  return `  - name: ${name}
    objective: ${objective}
    sli:
      events:
        error_query: ${bad}
        total_query: ${all}
    alerting:
      name: SloBurn
      page_alert: { labels: { severity: page } }
      ticket_alert: { labels: { severity: ticket } }
`;
}
