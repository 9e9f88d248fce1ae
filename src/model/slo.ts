/** From an SLO's fields to the SLO: what its service and the platform add, and what the fields mean together. */
import type { Source } from "../issue.ts";
import { errorBudget } from "../promql/number.ts";
import { kindOf } from "../sli/index.ts";
import { alertingProblems } from "./alerting-sense.ts";
import { compositeContradictions } from "./composites.ts";
import type { AlertingDeclaration, TemplateText, Text } from "./declaration.ts";
import { nearest } from "./nearest.ts";
import { groupObjectives, objectivesProblems } from "./objectives.ts";
import { rawContradictions } from "./raw-windows.ts";
import type { Problem } from "./read.ts";
import type { Platform, Slo } from "./service.ts";
import type { ServiceFields } from "./service-schema.ts";
import type { SloFields } from "./slo-schema.ts";
import { templateLabels } from "./template.ts";

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
    rawWindows: fields.rawWindows,
    noTraffic: noTrafficOf(fields),
    // The components of a composite say themselves that they are gone.
    absence: {
      noData: fields.absence.noData && fields.sli.kind !== "composite",
      broken: fields.absence.broken,
      forSeconds: fields.absence.for,
    },
    minEvents: fields.minEvents,
    minBad: fields.minBad ?? leastBadSlices(fields),
    eventsPerDay: fields.eventsPerDay,
    labels: { ...service.labels, ...fields.labels },
    annotations: { ...service.annotations, ...fields.annotations } as Readonly<Record<string, Text>>,
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

/** Problems of fields that are sound by themselves. Paths are within the SLO. */
export function contradictions(fields: SloFields, service: Partial<ServiceFields>, platform: Platform): Problem[] {
  const groupLabels = [...fields.groupBy, ...platform.identity];
  return [
    ...countlessTime(fields),
    ...slicesOfSlices(fields),
    ...compositeContradictions(fields),
    ...rawContradictions(fields),
    ...manyPeriods(fields),
    ...guardedPeriods(fields),
    ...alertingProblems(fields, fields.window[0].seconds),
    ...objectivesProblems(fields.objectives, fields.groupBy, groupLabels),
    ...shadowedLabels(fields, service, groupLabels),
    ...strayTemplateLabels(fields, service, groupLabels),
  ];
}

/** One failed scrape is no incident: two bad slices are the least that alerts. A ratio has no bad slices to count. */
function leastBadSlices({ sli }: SloFields): number | undefined {
  return kindOf(sli).method === "slices" && sli.kind !== "ratio" ? 2 : undefined;
}

function noTrafficOf({ noTraffic, sli }: SloFields): Slo["noTraffic"] {
  return noTraffic ?? (sli.kind === "freshness" || sli.kind === "probe" ? "bad" : "ignore");
}

function runbookOf(fields: SloFields, service: ServiceFields, platform: Platform): string | undefined {
  const base = service.runbooks ?? platform.runbooks;
  return fields.runbook ?? (base === undefined ? undefined : `${base.replace(/\/+$/, "")}/${fields.name}`);
}

/** A time without events has none that could be bad. */
function countlessTime({ noTraffic, sli, budgeting }: SloFields): Problem[] {
  if (noTraffic !== "bad" || kindOf(sli).method === "slices" || budgeting.kind !== "events") return [];
  const message = `\`${sli.kind}\` counts events, so a time without any cannot be bad.`;
  return [
    {
      code: "bad-value",
      path: ["noTraffic"],
      message,
      hint: "Leave it out, or count slices of time: `budgeting: timeSlices({ … })`, or a `gauge`, `throughput`, `probe` or `freshness` SLI.",
    },
  ];
}

/** Slices that a kind has judged already are not judged again. */
function slicesOfSlices({ budgeting, sli }: SloFields): Problem[] {
  if (budgeting.kind === "events" || kindOf(sli).method === "events") return [];
  return [
    {
      code: "bad-value",
      path: ["budgeting"],
      message: `\`${sli.kind}\` counts slices of time already.`,
      hint: "Leave `budgeting` out; the SLI's own `slice` says how long a slice is.",
    },
  ];
}

/** What depends on a group's own counts, or on the whole of one period. */
function guardedPeriods({ window, sli, rawWindows, objectives, exclude, alerting }: SloFields): Problem[] {
  const hasOwnCounts = !rawWindows && sli.kind !== "composite";
  const plain = window.length === 1 && window[0]?.kind === "rolling";
  const refuse = (path: Problem["path"], what: string, hint: string): Problem[] => [
    { code: "bad-value", path, message: `${what}.`, hint },
  ];
  const counted = rawWindows ? "raw windows" : "a composite";
  return [
    ...(exclude.length > 0 && !hasOwnCounts ? refuse(["exclude"], `exclusions do not reach ${counted}`, HAVE_OWN) : []),
    ...(objectives !== undefined && !(hasOwnCounts && plain)
      ? refuse(
          ["objectives"],
          "objectives of single groups need one rolling window over counts of the SLO's own",
          ONE_WINDOW,
        )
      : []),
    ...(alerting.threshold === "traffic" && !(hasOwnCounts && plain)
      ? refuse(
          ["alerting", "threshold"],
          "the traffic is that of one rolling window over counts of the SLO's own",
          ONE_WINDOW,
        )
      : []),
  ];
}

const HAVE_OWN = "Declare them on the SLOs that count: the components, or one without `rawWindows`.";
const ONE_WINDOW = 'Take `window: "30d"`, without `rawWindows`, and give other windows to SLOs of their own.';

/** Raw windows and composites have no tiles of their own that a calendar or a second period could read. */
function manyPeriods({ window, sli, rawWindows }: SloFields): Problem[] {
  const plain = window.length === 1 && window[0]?.kind === "rolling";
  if (plain || !(rawWindows || sli.kind === "composite")) return [];
  const what = rawWindows ? "`rawWindows`" : "a composite";
  return [
    {
      code: "bad-value",
      path: ["window"],
      message: `${what} has one rolling window.`,
      hint: 'Write one, such as `window: "30d"`, and give the others to SLOs of their own.',
    },
  ];
}

/** A fixed label with the name of a group's label makes two burning groups one alert, and the rule fails. */
function shadowedLabels(fields: SloFields, service: Partial<ServiceFields>, groupLabels: readonly string[]): Problem[] {
  return labelSets(fields, service).flatMap(({ path, names }) =>
    names
      .filter((name) => groupLabels.includes(name))
      .map((name) => ({
        code: "reserved-label" as const,
        path: [...path, name],
        message: `\`${name}\` is one of the labels that tell this SLO's groups apart.`,
        hint: "Choose another name for the fixed label.",
      })),
  );
}

function labelSets({ labels, alerting }: SloFields, service: Partial<ServiceFields>) {
  const own = Object.keys(labels);
  const inherited = Object.keys(service.labels ?? {}).filter((name) => !own.includes(name));
  const overrides = Object.entries(alerting.overrides ?? {});
  return [
    { path: ["labels"], names: [...own, ...inherited] },
    { path: ["alerting", "labels"], names: Object.keys(alerting.labels ?? {}) },
    ...overrides.map(([tier, change]) => ({
      path: ["alerting", "overrides", tier, "labels"],
      names: Object.keys(change.labels ?? {}),
    })),
  ];
}

/** `$labels` holds what the alert's expression gives, and not the labels that the rule adds. */
function strayTemplateLabels(
  fields: SloFields,
  service: Partial<ServiceFields>,
  groupLabels: readonly string[],
): Problem[] {
  const carried = [...groupLabels, "slo_service", "slo"];
  return annotationSets(fields, service).flatMap(({ path, texts }) =>
    Object.entries(texts ?? {}).flatMap(([name, text]) =>
      strayLabels(text, carried).map((label) => ({
        code: "bad-template" as const,
        path: [...path, name],
        message: `\`$labels.${label}\` is always empty: the alert's expression does not carry it.`,
        hint: strayHint(label, carried),
      })),
    ),
  );
}

function annotationSets({ annotations, alerting }: SloFields, service: Partial<ServiceFields>) {
  const overrides = Object.entries(alerting.overrides ?? {});
  return [
    { path: ["annotations"], texts: { ...service.annotations, ...annotations } },
    { path: ["alerting", "annotations"], texts: alerting.annotations },
    ...overrides.map(([tier, change]) => ({
      path: ["alerting", "overrides", tier, "annotations"],
      texts: change.annotations,
    })),
  ];
}

function strayLabels(text: unknown, carried: readonly string[]): string[] {
  return isTemplate(text) ? templateLabels(text.template).filter((label) => !carried.includes(label)) : [];
}

function isTemplate(text: unknown): text is TemplateText {
  return typeof text === "object";
}

function strayHint(label: string, carried: readonly string[]): string {
  const meant = nearest(label, carried);
  return meant === undefined
    ? `Add it to groupBy, or use one of ${carried.join(", ")}.`
    : `Write \`$labels.${meant}\`.`;
}
