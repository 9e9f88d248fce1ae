/** What the error-budget policy asks for, reported once when it takes effect: information, since burn alerts page whoever must act. */

import type { Policy } from "../../../model/service.ts";
import { binary, number } from "../../../promql/build.ts";
import { printPercent } from "../../../promql/number.ts";
import { alerts } from "../../alert-names.ts";
import { escapeTemplate } from "../../annotations/annotation-query.ts";
import type { AlertingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import { budgetAlert, remaining } from "./budget-alerts.ts";

/** Two where it warns before it freezes. */
export function policyAlerts(context: SloContext): AlertingRule[] {
  const { policy } = context.slo;
  if (policy === undefined) return [];
  const warning = policy.warnBelow === undefined ? [] : [warnAlert(policy.warnBelow, policy, context)];
  return [...warning, freezeAlert(policy, context)];
}

/** Not once it freezes: another alert reports that. */
function warnAlert(below: number, policy: Policy, context: SloContext): AlertingRule {
  return budgetAlert(context, {
    ...alerts.policyWarn,
    severity: "info",
    comment: `Error-budget policy: less than ${printPercent(below)} is left, and more than ${printPercent(policy.freezeAt)}.`,
    expr: binary("<", binary(">", remaining(context), number(policy.freezeAt)), number(below)),
    says: `error budget below ${printPercent(below)}`,
    fact: `less than ${printPercent(below)} of the error budget is left`,
    advice: `at ${printPercent(policy.freezeAt)} risky changes stop${saying(policy)}`,
  });
}

function freezeAlert(policy: Policy, context: SloContext): AlertingRule {
  const left =
    policy.freezeAt === 0
      ? "the error budget is spent"
      : `${printPercent(policy.freezeAt)} of the error budget is left`;
  return budgetAlert(context, {
    ...alerts.policyFreeze,
    severity: "info",
    comment: `Error-budget policy: at ${printPercent(policy.freezeAt)} risky changes stop.`,
    expr: binary("<=", remaining(context), number(policy.freezeAt)),
    says:
      policy.freezeAt === 0
        ? "error budget spent, change freeze"
        : `${printPercent(policy.freezeAt)} of the error budget left, change freeze`,
    fact: left,
    advice: `risky changes stop until some budget is back${exceptionWords(policy)}${saying(policy)}`,
  });
}

function exceptionWords({ exceptions }: Policy): string {
  return exceptions.map(({ until, why }) => `, except until ${until} (${escapeTemplate(why)})`).join("");
}

function saying({ says }: Policy): string {
  return says === undefined ? "" : `. ${escapeTemplate(says.replace(/\.$/, ""))}`;
}
