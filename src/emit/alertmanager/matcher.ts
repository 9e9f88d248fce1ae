/** Which alerts a route or an inhibition is about. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Matcher } from "../../promql/ast.ts";
import { escapeRegex } from "../../promql/regex.ts";
import type { Route } from "./config.ts";

/** The label has one of these values. They are sorted, so that their order in the declarations shows nowhere. */
export function isOneOf(label: string, values: readonly string[]): Matcher {
  const [first = "", ...others] = [...new Set(values)].sort();
  if (others.length === 0) return { label, op: "=", value: first };
  return { label, op: "=~", value: [first, ...others].map(escapeRegex).join("|") };
}

/** The label has a value. */
export function isPresent(label: string): Matcher {
  return { label, op: "!=", value: "" };
}

/** The alerts of one SLO. */
export function isOfSlo({ slo }: SloPlan): Matcher[] {
  return [isOneOf("slo_service", [slo.service]), isOneOf("slo", [slo.name])];
}

/** Every alert of firebreak has this label, and no other has. */
export const isFirebreaks = isPresent("slo_service");

/** Whether a route is for firebreak's alerts alone. Others stand in a whole configuration, for what else is sent to it. */
export function isForFirebreak({ matchers = [] }: Route<Matcher>): boolean {
  return matchers.some(({ label, op }) => label === isFirebreaks.label && op === isFirebreaks.op);
}
