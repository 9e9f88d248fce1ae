/** Plans of declarations, and what differs between them. */
import { build } from "../../src/build.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { type Diff, diff } from "../../src/diff/diff.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/index.ts";
import { events, latency } from "../../src/index.ts";

export const availability: SloDeclaration = {
  name: "availability",
  objective: 99.9,
  sli: events({ total: "requests_total", bad: "errors_total" }),
};

export const slow: SloDeclaration = {
  name: "latency",
  objective: 99,
  sli: latency({ histogram: "request_duration_seconds", threshold: "1s" }),
};

export const shop: ServiceDeclaration = {
  name: "shop",
  owner: "web",
  runbooks: "https://runbooks.example.com/shop",
  slos: [availability, slow],
};

export const platform: PlatformDeclaration = {
  retention: "60d",
  buckets: { request_duration_seconds: [0.5, 1, 2] },
  receivers: {
    default: { page: { pagerduty: { secret: "pd" } }, ticket: { slack: { secret: "slack", channel: "#tickets" } } },
    growth: { page: { opsgenie: { secret: "growth" } } },
  },
};

/** The plan of one service, or of none; with a platform of its own. */
export function planOf(service: ServiceDeclaration | readonly ServiceDeclaration[], environment = platform): Plan {
  const { plan, issues } = build({ services: [service].flat(), platform: environment, templates: {}, targets: [] });
  if (!plan) throw new Error(JSON.stringify(issues));
  return plan;
}

/** What changes where `shop` becomes another. */
export function shopBecomes(changed: Partial<ServiceDeclaration>, environment = platform): Diff {
  return diff(planOf(shop), planOf({ ...shop, ...changed }, environment));
}

/** What changes where its first SLO becomes another. */
export function sloBecomes(changed: Partial<SloDeclaration>): Diff {
  return shopBecomes({ slos: [{ ...availability, ...changed }, slow] });
}

/** The values of a fact of something, before and after. */
export function fact({ changes }: Diff, id: string, field: string): unknown[] {
  const found = changes.find((change) => change.id === id)?.facts.find((each) => each.field === field);
  return [found?.before?.value, found?.after?.value];
}

/** Kinds and ids of what breaks. */
export function broken({ breaks }: Diff): string[][] {
  return breaks.map(({ kind, id }) => [kind, id]);
}
