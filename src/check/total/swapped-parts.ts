/** Whether what is called good looks like failures, or the other way round. */
import type { Selector } from "../../promql/ast.ts";
import { allows } from "../../promql/overlap.ts";
import { printMatcher } from "../../promql/print-selector.ts";
import type { Fault } from "../metrics/uses.ts";
import type { Pair } from "./outside-total.ts";

/** `good: code=~"5.."`. */
export function swapped(pair: Pair): Fault | undefined {
  const { part, field } = pair;
  const label = [...new Set(part.matchers.map((each) => each.label))].find((each) => looksLikeOther(part, each, field));
  if (label === undefined) return swappedByName(pair);
  const own = part.matchers.filter((matcher) => matcher.label === label).map(printMatcher);
  return swappedFault(field, `has \`${own.join(", ")}\``);
}

/** Labels that say how something ended, and what their values mean. */
const OUTCOMES: readonly (readonly [label: RegExp, fine: readonly string[], failed: readonly string[]])[] = [
  [/^(is_)?(error|failed|failure)$/, ["false", "0"], ["true", "1"]],
  [/^(is_)?(success|successful|ok)$/, ["true", "1"], ["false", "0"]],
  [
    /code|status|outcome|result|response/i,
    ["200", "201", "204", "2xx", "ok", "OK", "Ok", "success", "SUCCESS", "succeeded", "STATUS_CODE_OK"],
    [
      ...["500", "502", "503", "504", "5xx", "error", "ERROR", "Error", "failed", "failure", "FAILURE", "timeout"],
      ...["SERVER_ERROR", "STATUS_CODE_ERROR", "Internal", "Unavailable", "INTERNAL", "UNAVAILABLE"],
    ],
  ],
];

function swappedFault(field: Pair["field"], what: string): Fault {
  const other = field === "good" ? "bad" : "good";
  return {
    code: "part-swapped",
    message: `\`${field}\` ${what}, which looks like what is ${other}.`,
    hint: `Write \`${other}\` for \`${field}\`, or invert the matcher.`,
  };
}

/** `good: ai_errors_total`. */
function swappedByName({ total, part, field }: Pair): Fault | undefined {
  const words = part.metric.split(/[_:.]/);
  const isOther = (field === "good" ? FAILURES : SUCCESSES).test(` ${words.join(" ")} `);
  const isOwn = (field === "good" ? SUCCESSES : FAILURES).test(` ${words.join(" ")} `);
  if (part.metric === total.metric || !isOther || isOwn) return undefined;
  return swappedFault(field, `reads \`${part.metric}\``);
}

const FAILURES = / (errors?|failed|failures?|unsuccessful) /i;
const SUCCESSES = / (succeeded|success|successes|successful|ok) /i;

/** What it selects is the other's, or what it leaves out is its own. */
function looksLikeOther(part: Selector, label: string, field: Pair["field"]): boolean {
  const [, fine, failed] = OUTCOMES.find(([pattern]) => pattern.test(label)) ?? [];
  if (!fine || !failed) return false;
  const [wanted, unwanted] = field === "good" ? [fine, failed] : [failed, fine];
  if (!selectsAny(part, label, wanted) && selectsAny(part, label, unwanted)) return true;
  const [own, ...more] = part.matchers.filter((matcher) => matcher.label === label);
  if (!own?.op.startsWith("!") || more.length > 0) return false;
  const leavesOut = (values: readonly string[]): boolean => values.some((value) => !allows(own, value));
  return leavesOut(wanted) && !leavesOut(unwanted);
}

function selectsAny({ matchers }: Selector, label: string, values: readonly string[]): boolean {
  const own = matchers.filter((matcher) => matcher.label === label);
  return values.some((value) => own.every((matcher) => allows(matcher, value)));
}
