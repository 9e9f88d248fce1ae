/** From an SLO's fields to the SLO: what its service and the platform add. */

import type { AlertingDeclaration, Text } from "../../declare/declaration.ts";
import { eventSlices } from "../../model/budgeting.ts";
import type { Slo } from "../../model/service.ts";
import { errorBudget } from "../../promql/number.ts";
import { isComposite, kindOf } from "../../sli/index.ts";
import { runbookUrl, type Surroundings } from "../service/surroundings.ts";
import { groupObjectives } from "./objectives.ts";
import type { SloFields } from "./slo-schema.ts";

/** The SLO, ready to compile. */
export function toSlo(fields: SloFields, around: Surroundings): Slo {
  const { platform, service, path, source } = around;
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
      noData: fields.absence.noData && !isComposite(fields.sli),
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
    runbook: runbookUrl(fields, around),
    dependsOn: fields.dependsOn,
    scrapeSeconds: fields.scrapeInterval ?? service.scrapeInterval ?? platform.scrapeSeconds,
    evaluationSeconds: fields.evaluationInterval ?? service.evaluationInterval ?? platform.evaluationSeconds,
    reviewBy: fields.reviewBy,
    loosened: fields.loosened,
    formerly: fields.formerly,
    generation: fields.generation,
    path,
    source,
  };
}

/** One failure is no incident: two are the least that alerts. */
function leastBad(fields: SloFields): number | undefined {
  const countless = kindOf(fields.sli).countsFailures === false;
  return countless && !eventSlices(fields) ? undefined : 2;
}

function noTrafficOf({ noTraffic, sli }: SloFields): Slo["noTraffic"] {
  return noTraffic ?? kindOf(sli).withoutData ?? "ignore";
}
