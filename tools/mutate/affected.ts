/** Which tests can notice that rules are others: those that ask for an alert which reads what has changed. */
import { prometheusSeconds } from "../../src/time/units.ts";
import type { Rule, RuleFile, Test } from "./built.ts";

/** Names of rules that are others, come or gone: of records, and of alerts with their reasons. */
export function changedRules(before: RuleFile, after: RuleFile): string[] {
  const [old, young] = [texts(before), texts(after)];
  return [...new Set([...old.keys(), ...young.keys()])].filter((name) => old.get(name) !== young.get(name)).sort();
}

/** These rules, and those that read one of them, at first or second hand. */
export function affectedAlerts(names: readonly string[], files: readonly RuleFile[]): Set<string> {
  const rules = files.flatMap(({ groups }) => groups.flatMap((group) => group.rules));
  const affected = new Set(names);
  const reads = ({ expr }: Rule): boolean => [...affected].some((name) => asks(String(expr), bareName(name)));
  for (let size = -1; size !== affected.size; ) {
    size = affected.size;
    for (const rule of rules) if (reads(rule)) affected.add(nameOf(rule));
  }
  return affected;
}

type Asking = Pick<Test, "promql_expr_test">;

/** The tests that ask for one of these alerts, the shortest first. */
export function testsThatAsk<One extends Asking>(tests: readonly One[], alerts: ReadonlySet<string>): One[] {
  const asked = tests.filter(({ promql_expr_test: expectations }) =>
    expectations.some(({ expr }) => [...alerts].some((alert) => asksFor(alert, expr))),
  );
  return asked.sort((one, other) => lengthOf(one) - lengthOf(other));
}

/** An alert by its name, and by its reason where it has one. */
function asksFor(alert: string, expr: string): boolean {
  const [name = "", reason] = alert.split(" ");
  return asks(expr, name) && (reason === undefined || expr.includes(`reason="${reason}"`));
}

/** In seconds. */
export function lengthOf({ promql_expr_test: expectations }: Asking): number {
  return Math.max(0, ...expectations.map(({ eval_time }) => prometheusSeconds(eval_time) ?? 0));
}

/** A group is evaluated as a whole: its interval and its order belong to all of its rules. */
function texts({ groups }: RuleFile): Map<string, string> {
  const all = new Map<string, string>();
  for (const { name, interval, rules } of groups)
    for (const rule of rules) {
      const own = nameOf(rule);
      all.set(own, `${all.get(own) ?? ""}${name} ${interval} ${JSON.stringify({ ...rule, annotations: undefined })}\n`);
    }
  return all;
}

function nameOf({ record, alert, labels }: Rule): string {
  return record ?? [alert, labels?.reason].filter(Boolean).join(" ");
}

function bareName(name: string): string {
  return name.split(" ", 1)[0] as string;
}

function asks(text: string, name: string): boolean {
  return new RegExp(`(?<![\\w:])${name}(?![\\w:])`).test(text);
}
