/**
 * Which groups of a service had data and have none at this moment. What counts slices writes a sample only once in each,
 * so a group with long ones is known to be silent late; that none of an SLO's series is left is seen at once.
 */
import type { Expr, Matching, Selector } from "../../promql/ast.ts";
import { binary, call, chain, number, over, selector } from "../../promql/build.ts";
import { oneOf } from "../firing.ts";
import { records } from "../names.ts";
import type { SloPlan } from "../plan.ts";

/** What shows that there were data. */
export interface Had {
  /** In groups of these SLOs: they counted something. */
  readonly counted: (recorded: Recorded) => Expr;
  /** In these SLOs: they had series to count. */
  readonly seen: (recorded: Recorded) => Expr;
  /** Where two slices are longer than this, nobody waits for them: the series are asked for. */
  readonly longSeconds: number;
}

/** A record of some SLOs of the service. */
export type Recorded = (record: string) => Selector;

/** Two of the usual slices, in seconds. */
export const USUAL_SECONDS = 120;

/** @param onSlo - Labels of an SLO in all that is recorded of it. */
export function silentNow(service: string, slos: readonly SloPlan[], had: Had, onSlo: Matching): Expr {
  const isLong = (slo: SloPlan): boolean => lookback(slo) > had.longSeconds;
  const [long, others] = [slos.filter(isLong), slos.filter((slo) => !isLong(slo))];
  const of: Recorded = (record) => selector(record, { slo_service: service });
  const ofLong: Recorded = (record) => only(of(record), long, slos);
  const ofOthers: Recorded = (record) => (long.length > 0 ? without(of(record), long) : of(record));
  return chain(
    "or",
    ...(others.length > 0 ? [chain("unless", had.counted(ofOthers), ...dataNow(of(records.total), others, slos))] : []),
    ...(long.length > 0 ? [binary("unless", had.seen(ofLong), seriesNow(of), onSlo)] : []),
  );
}

/** Whether an SLO with as long slices is among them. */
export function someLong(slos: readonly SloPlan[], { longSeconds }: Pick<Had, "longSeconds">): boolean {
  return slos.some((slo) => lookback(slo) > longSeconds);
}

/** 0 where each evaluation writes a sample. */
function lookback({ measurement: { totalEverySeconds, intervalSeconds } }: SloPlan): number {
  return totalEverySeconds > intervalSeconds ? 2 * totalEverySeconds : 0;
}

/** The totals that are there now, or were within two slices of their SLO: long slices do not lengthen it for the others. */
function dataNow(all: Selector, some: readonly SloPlan[], every: readonly SloPlan[]): Expr[] {
  const [shortest = 0, ...longer] = lookbacks(some);
  const having = (seconds: number): SloPlan[] => some.filter((slo) => lookback(slo) === seconds);
  return [within(all, shortest), ...longer.map((seconds) => within(only(all, having(seconds), every), seconds))];
}

/** Each one once, the shortest first; usual ones are one: they are not worth a term of their own. */
function lookbacks(slos: readonly SloPlan[]): number[] {
  const each = slos.map(lookback);
  const usual = each.filter((seconds) => seconds <= USUAL_SECONDS);
  const longer = each.filter((seconds) => seconds > USUAL_SECONDS);
  return [...new Set([...(usual.length > 0 ? [Math.max(...usual)] : []), ...longer])].sort((a, b) => a - b);
}

function within(total: Selector, seconds: number): Expr {
  return seconds === 0 ? total : call("last_over_time", over(total, seconds * 1000));
}

/** What is recorded of some SLOs of a service. */
function only(recorded: Selector, some: readonly SloPlan[], all: readonly SloPlan[]): Selector {
  return some.length === all.length ? recorded : { ...recorded, matchers: [...recorded.matchers, named(some)] };
}

function without(recorded: Selector, some: readonly SloPlan[]): Selector {
  const { label, op, value } = named(some);
  return { ...recorded, matchers: [...recorded.matchers, { label, op: op === "=" ? "!=" : "!~", value }] };
}

function named(some: readonly SloPlan[]) {
  const [first = "", ...more] = some.map(({ slo }) => slo.name).sort();
  return oneOf("slo", [first, ...more]);
}

function seriesNow(of: Recorded): Expr {
  return binary(">", of(records.series), number(0));
}
