/** Alerts that a generated test made fire and none does any more, and new pages that none does. */
import type { Plan, SentAlert, ServicePlan } from "../../compile/plan.ts";
import { type ProvenService, proveService } from "../../prove/service.ts";
import type { Pair, Pairs } from "../pair.ts";
import type { Plans } from "../plans.ts";
import type { Subject } from "../subject.ts";
import type { Break } from "./break.ts";

/** One break for each alert. */
export function unprovenBreaks({ added, kept, renamed }: Pairs, { before, after }: Plans): Break[] {
  const [wasBefore, isAfter] = [textsOf(before), textsOf(after)];
  const old = unprovenIn(before, isAfter);
  const pairs: (Partial<Pair> & Pick<Pair, "after">)[] = [
    ...kept,
    ...renamed,
    ...added.map((subject) => ({ after: subject })),
  ];
  const now = unprovenIn(after, wasBefore);
  return pairs.flatMap(({ before: was, after: is }) =>
    is.alerts
      .filter((alert) => isNews(alert, { was, old, isUnproven: now.has(keyOf(is, alert)) }))
      .map((alert) => breakOf(is, alert)),
  );
}

interface History {
  readonly was: Subject | undefined;
  /** What was not proven then. */
  readonly old: ReadonlySet<string>;
  readonly isUnproven: boolean;
}

function isNews(alert: SentAlert, { was, old, isUnproven }: History): boolean {
  if (!isUnproven) return false;
  const same = was?.alerts.find((each) => placeOf(each) === placeOf(alert));
  return was === undefined || same === undefined ? alert.severity === "page" : !old.has(keyOf(was, same));
}

function breakOf({ type, id }: Subject, { alert, severity, labels }: SentAlert): Break {
  const reason = labels.reason === undefined ? "" : ` (${labels.reason})`;
  const message = `No generated test makes the ${severity} \`${alert}\`${reason} of \`${id}\` fire.`;
  return { kind: "unproven", type, id, message, remedy: "`firebreak check` says why." };
}

/** What stayed as it was is proven as it was, and finding histories is the dear part of a difference. */
function unprovenIn(plan: Plan, others: ReadonlySet<string>): Set<string> {
  const changed = plan.services.filter((service) => !others.has(textOf(service, plan)));
  return new Set(changed.flatMap((service) => ofService(service, plan)));
}

function textsOf(plan: Plan): Set<string> {
  return new Set(plan.services.map((service) => textOf(service, plan)));
}

function textOf(service: ServicePlan, { platform }: Plan): string {
  return JSON.stringify([service, platform]);
}

function ofService(plan: ServicePlan, { platform }: Plan): string[] {
  const { name } = plan.service;
  return proveService(plan, platform).notProven.map((each) =>
    JSON.stringify([name, each.name, placeOf({ alert: each.alert, labels: labelsOf(each) })]),
  );
}

function labelsOf({ tier, reason }: ProvenService["notProven"][number]): Readonly<Record<string, string>> {
  return { tier, ...(reason === undefined ? {} : { reason }) };
}

/** As proofs name it: by the name within its service, and of a service by its own. */
function keyOf({ id, service }: Subject, alert: SentAlert): string {
  return JSON.stringify([service, id.slice(id.indexOf("/") + 1), placeOf(alert)]);
}

function placeOf({ alert, labels }: Pick<SentAlert, "alert" | "labels">): string {
  return JSON.stringify([alert, labels.tier ?? "", labels.reason ?? ""]);
}
