/** From an SLO's fields to the SLO: what its service and the platform add. */

import type { AlertingDeclaration, Text } from "../../declare/declaration.ts";
import type { Source } from "../../issue.ts";
import type { Platform, Slo } from "../../model/service.ts";
import { errorBudget } from "../../promql/number.ts";
import type { ServiceFields } from "../service/service-schema.ts";
import { groupObjectives } from "./objectives.ts";
import type { SloFields } from "./slo-schema.ts";

/** What surrounds an SLO. */
export interface Surroundings {
  readonly platform: Platform;
  readonly service: ServiceFields;
  readonly path: readonly (string | number)[];
  readonly source: Source | undefined;
}

/** The SLO, ready to compile. */
export function toSlo(fields: SloFields, { platform, service, path, source }: Surroundings): Slo {
  return {
    id: `${service.name}/${fields.name}`,
    service: service.name,
    name: fields.name,
    owner: service.owner,
    description: fields.description,
    sli: fields.sli,
    objectivePercent: fields.objective,
    errorBudget: errorBudget(fields.objective),
    objectives: groupObjectives(fields.objectives, fields.groupBy),
    periods: fields.window,
    windowSeconds: fields.window[0].seconds,
    exclusions: fields.exclude,
    groupBy: fields.groupBy.filter((label) => !platform.identity.includes(label)),
    // The schema holds `budget` and `burn` apart, which its type does not say.
    alerting: fields.alerting as unknown as AlertingDeclaration,
    budgeting: fields.budgeting,
    noTraffic: noTrafficOf(fields),
    // The components of a composite say themselves that they are gone.
    absence: {
      noData: fields.absence.noData && fields.sli.kind !== "composite",
      broken: fields.absence.broken,
      severity: fields.absence.severity,
      forSeconds: fields.absence.for,
    },
    minEvents: fields.minEvents,
    minBad: fields.minBad ?? leastBad(fields),
    eventsPerDay: fields.eventsPerDay,
    labels: { ...service.labels, ...fields.labels },
    annotations: { ...service.annotations, ...fields.annotations } as Readonly<Record<string, Text>>,
    policy: fields.policy ?? service.policy ?? platform.policy,
    checks: fields.checks,
    runbook: runbookOf(fields, service, platform),
    dependsOn: fields.dependsOn,
    scrapeSeconds: fields.scrapeInterval ?? service.scrapeInterval ?? platform.scrapeSeconds,
    evaluationSeconds: fields.evaluationInterval ?? service.evaluationInterval ?? platform.evaluationSeconds,
    reviewBy: fields.reviewBy,
    formerly: fields.formerly,
    generation: fields.generation,
    path,
    source,
  };
}

/** One failure is no incident: two are the least that alerts. Scores, ratios and composites have no bad events to count. */
function leastBad({ sli, budgeting }: SloFields): number | undefined {
  const countless = sli.kind === "score" || sli.kind === "ratio" || sli.kind === "composite";
  return countless && budgeting.kind === "events" ? undefined : 2;
}

function noTrafficOf({ noTraffic, sli }: SloFields): Slo["noTraffic"] {
  return noTraffic ?? (sli.kind === "freshness" || sli.kind === "probe" ? "bad" : "ignore");
}

function runbookOf(fields: SloFields, service: ServiceFields, platform: Platform): string | undefined {
  const base = service.runbooks ?? platform.runbooks;
  return fields.runbook ?? (base === undefined ? undefined : `${base.replace(/\/+$/, "")}/${fields.name}`);
}
