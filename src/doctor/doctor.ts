/** Declarations against a living Prometheus: whatever would make them measure nothing, each with what to do about it. */
import { type Use, usesOf } from "../check/metrics/uses.ts";
import { groupsOf, type Plan, type SloPlan } from "../compile/plan.ts";
import { hasErrors, type Issue, issue, sortIssues } from "../issue.ts";
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import { classicHistogramOf, kindOf } from "../sli/index.ts";
import { bucket } from "../sli/kinds/latency.ts";
import type { RuntimeInfo } from "./ask/answers.ts";
import { type Connection, NoAnswer } from "./ask/no-answer.ts";
import { optional, sampleOf, valuesOf } from "./ask/queries.ts";
import { type Cost, examineCost } from "./cost.ts";
import { askGroups } from "./loaded-groups.ts";
import { examineLabels, examineMetric, type Known } from "./metric.ts";
import { examineNamed, namedGroups, namedLimits } from "./named-values.ts";
import { examineUp } from "./pushed.ts";
import { examineRecorded } from "./recorded.ts";
import { examineRules } from "./rules.ts";
import { askRuntime, examineAlertmanagers, examineRetention, examineVersion, justStarted } from "./server.ts";
import { askSettings, examineNativeHistograms, examineSettings, type Settings, UNKNOWN_SETTINGS } from "./settings.ts";
import { isSlow, type Subject, type Visit, visit } from "./visit.ts";
import { askTargets, examineVolume, type Target } from "./volume.ts";

export interface Diagnosis {
  readonly issues: readonly Issue[];
  /** Metrics that were looked at. */
  readonly metrics: number;
  /** Undefined where it is not known of every SLO. */
  readonly cost?: Cost;
}

export async function diagnose(plan: Plan, to: Connection): Promise<Diagnosis> {
  const uses = distinct(usesOf(plan));
  const here = visit(to);
  let cost: Cost | undefined;
  try {
    const server = await examineServer(plan, uses, here);
    await examineMetrics(plan, uses, server, here);
    cost = await examineCost(plan, here);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    here.add([error.issue]);
  }
  return { issues: sortIssues(here.found), metrics: uses.length, ...(cost && { cost }) };
}

interface Server {
  readonly settings: Settings;
  readonly runtime: RuntimeInfo;
}

/** What can be said without looking at any one metric; whoever does not answer the first question is no Prometheus. */
async function examineServer(plan: Plan, uses: readonly Examined[], { to, add, look }: Visit): Promise<Server> {
  add((await look(examineVersion(to))) ?? []);
  const runtime = (await look(askRuntime(to))) ?? {};
  add(examineRetention(plan, runtime));
  add((await look(examineAlertmanagers(plan, to))) ?? []);
  const groups = await look(optional(askGroups(to)));
  if (groups) add([...examineRules(plan, groups), ...examineRecorded(uses, plan, groups)]);
  const settings = (await look(askSettings(to))) ?? UNKNOWN_SETTINGS;
  add(examineSettings(plan, usesOf(plan), settings));
  return { settings, runtime };
}

/** How far back is looked for what is not there now. */
const DAYS = 30;

async function examineMetrics(plan: Plan, uses: readonly Examined[], server: Server, here: Visit): Promise<void> {
  const { to, add, look } = here;
  const { settings, runtime } = server;
  add((await look(examineNativeHistograms(plan, settings, to))) ?? []);
  const known: Known = {
    recorded: recordedBy(plan),
    days: DAYS,
    external: Object.keys(settings.externalLabels),
    startedAgo: justStarted(plan, runtime),
  };
  for (const { use, selector } of uses.filter((each) => !isOff(here, each.use)))
    add((await look(examineMetric(use, selector, known, to), use)) ?? []);
  for (const { use, selector } of otherLabels(plan))
    add((await look(examineLabels(use, selector, known, to), use)) ?? []);
  const targets = (await look(optional(askTargets(to)))) ?? [];
  for (const each of plan.services.flatMap(({ slos }) => slos))
    if (isSound(here, each.slo)) add((await look(examineSlo(each, targets, to), each.slo)) ?? []);
  await examineBudgets(plan, here);
}

/** What the server does not take cannot be there. */
function isOff(here: Visit, use: Use): boolean {
  return here.foundAt(use).some(({ code }) => code === "feature-off");
}

async function examineBudgets({ services }: Plan, here: Visit): Promise<void> {
  for (const each of services.flatMap(({ budgets }) => budgets))
    if (isSound(here, each.budget))
      here.add((await here.look(examineNamed(namedLimits(each), DAYS, here.to), each.budget)) ?? []);
}

/** Whether its metrics are as declared, as far as is known: otherwise what follows from that would be reported, too. */
function isSound(here: Visit, subject: Subject): boolean {
  const found = here.foundAt(subject);
  return !hasErrors(found) && !found.some(({ code }) => code === "just-started") && !isSlow(here, subject);
}

interface Examined {
  readonly use: Use;
  readonly selector: Selector;
}

/** What several SLOs read is asked for once, at the first of them. */
function distinct(uses: readonly Use[]): Examined[] {
  const all = new Map<string, Examined>();
  for (const use of uses) {
    const selector = selectorOf(use);
    if (selector && !all.has(print(selector))) all.set(print(selector), { use, selector });
  }
  return [...all.values()];
}

/** Labels by which a metric is grouped in one place and was not in those before: they were not asked for with it. */
function otherLabels(plan: Plan): Examined[] {
  const asked = new Map<string, Set<string>>();
  return usesOf(plan).flatMap((use) => {
    const selector = selectorOf(use);
    if (!selector) return [];
    const before = asked.get(print(selector));
    const by = (use.by ?? []).filter((label) => !before?.has(label));
    asked.set(print(selector), new Set([...(before ?? []), ...by]));
    return before === undefined || by.length === 0 ? [] : [{ use: { ...use, by }, selector }];
  });
}

/** Of a classic histogram, its count; a native one has no suffix, and is asked for as it is. */
function selectorOf({ metric, as, isNative }: Use): Selector | undefined {
  if (metric.type !== "selector") return undefined;
  const { selector } = metric;
  return as === "histogram" && isNative !== true ? { ...selector, metric: `${selector.metric}_count` } : selector;
}

function recordedBy({ services }: Plan): Set<string> {
  return new Set(
    services
      .flatMap(groupsOf)
      .flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === "record" ? [rule.record] : []))),
  );
}

async function examineSlo(plan: SloPlan, targets: readonly Target[], to: Connection): Promise<Issue[]> {
  const { slo, measurement } = plan;
  const { totalSeries } = kindOf(slo.sli).counts(slo.sli, measurement.base);
  if (!totalSeries) return [];
  const volume = kindOf(slo.sli).method === "events" ? await examineVolume(plan, totalSeries, targets, to) : [];
  const named = await examineNamed(namedGroups(plan, totalSeries), DAYS, to);
  return [...volume, ...named, ...(await examineUp(plan, totalSeries, to)), ...(await missingBucket(plan, to))];
}

async function missingBucket({ slo }: SloPlan, to: Connection): Promise<Issue[]> {
  const sli = classicHistogramOf(slo.sli);
  if (!sli) return [];
  if ((await sampleOf(to, `count(${print(bucket(sli))})`)) !== undefined) return [];
  const all = { ...sli.histogram, metric: `${sli.histogram.metric}_bucket` };
  const boundaries = (await valuesOf(to, "le", all))
    .map(Number)
    .filter(Number.isFinite)
    .sort((one, other) => one - other);
  return [
    issue(
      "bucket-absent",
      [...slo.path, "sli", "threshold"],
      `${sli.histogram.metric} has no bucket of ${sli.threshold}: its boundaries are ${boundaries.join(", ") || "none"}.`,
      "Take one of these as the threshold, or add the boundary where the metric is made.",
      slo.source,
    ),
  ];
}
