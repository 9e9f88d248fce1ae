/**
 * Whether what is bad or good is a part of the total: the same series, others, or those of another job make ratios of 0,
 * 1 or 300 percent, which look like numbers.
 */
import { type Issue, issue } from "../../issue.ts";
import { editDistance } from "../../parse/read/nearest.ts";
import type { Matcher, Selector } from "../../promql/ast.ts";
import { allows, excludeEachOther } from "../../promql/overlap.ts";
import { print, printMatcher } from "../../promql/print.ts";
import type { Check } from "../check.ts";
import { type Fault, type SliUse, slisOf } from "./uses.ts";

export const partOfTotal: Check = {
  name: "parts",
  check: (plan) => slisOf(plan).flatMap(checkSli),
};

interface Pair {
  readonly total: Selector;
  readonly part: Selector;
  readonly field: "bad" | "good";
}

function checkSli(use: SliUse): Issue[] {
  const pair = pairOf(use);
  if (!pair) return [];
  const found = sameAsTotal(pair) ?? contradicting(pair) ?? counterpart(pair);
  const findings = found ? [found] : [swapped(pair), nearlySame(pair)].filter((each) => each !== undefined);
  return findings.map(({ code, message, hint }) => issue(code, [...use.path, pair.field], message, hint, use.source));
}

function pairOf({ sli }: SliUse): Pair | undefined {
  if (sli.kind !== "events" || sli.total?.type !== "selector") return undefined;
  const field = sli.bad ? "bad" : "good";
  const part = sli[field];
  // Buckets have a check of their own.
  const isBucket = [sli.total, part].some((each) => each?.type === "selector" && /_bucket$/.test(each.selector.metric));
  return part?.type === "selector" && !isBucket ? { total: sli.total.selector, part: part.selector, field } : undefined;
}

/** Of the same metric, and narrowed by nothing that the total is not narrowed by. */
function sameAsTotal({ total, part, field }: Pair): Fault | undefined {
  const isNarrower = part.matchers.some((own) => !total.matchers.some((matcher) => isEqual(own, matcher)));
  if (part.metric !== total.metric || isNarrower) return undefined;
  const share = field === "bad" ? "everything is bad" : "nothing is ever bad";
  return {
    code: "same-as-total",
    message: `\`${field}\` selects all that \`total\` does, so ${share}.`,
    hint: `Narrow it to what is ${field}, such as ${EXAMPLES[field]}.`,
  };
}

const EXAMPLES = { bad: '`code=~"5.."`', good: '`code!~"5.."`' } as const;

function isEqual(a: Matcher, b: Matcher): boolean {
  return a.label === b.label && a.op === b.op && a.value === b.value;
}

/** A matcher of the part that no series of the total can satisfy. */
function contradicting(pair: Pair): Fault | undefined {
  const { total, part, field } = pair;
  for (const own of part.matchers) {
    const other = total.matchers.find((matcher) => matcher.label === own.label && excludeEachOther(own, matcher));
    if (other) return total.metric === part.metric ? outside(pair, own, other) : elsewhere(field, own, other);
  }
  return undefined;
}

function outside({ total, part, field }: Pair, own: Matcher, other: Matcher): Fault {
  const isPlace = PLACES.test(own.label);
  const pair = `events({ ${field === "bad" ? "good" : "bad"}: ${JSON.stringify(print(total))}, ${field}: ${JSON.stringify(print(part))} })`;
  return {
    code: "outside-total",
    message: `\`${field}\` has \`${printMatcher(own)}\` and \`total\` has \`${printMatcher(other)}\`: no event can match both, so the error ratio would be meaningless.`,
    hint: isPlace
      ? `Give both the same \`${own.label}\`.`
      : `Leave \`${printMatcher(other)}\` out of the total; or, where total counts only what is ${field === "bad" ? "good" : "bad"}, write ${pair}.`,
  };
}

const PLACES = /^(job|instance|service|namespace|cluster|app|env|environment|region|exported_job|service_name)$/;

function elsewhere(field: Pair["field"], own: Matcher, other: Matcher): Fault {
  return {
    code: "matcher-differs",
    message: `\`${field}\` has \`${printMatcher(own)}\` and \`total\` has \`${printMatcher(other)}\`: events outside the total would be counted.`,
    hint: `Give both the same \`${own.label}\`; where the two are counted in different places, leave out the matcher of one, or take a \`total\` from where \`${field}\` is.`,
  };
}

/** `jobs_succeeded_total` and `jobs_failed_total`: neither is the whole. */
function counterpart({ total, part, field }: Pair): Fault | undefined {
  const [ours, theirs] = [total.metric.split(/[_:.]/), part.metric.split(/[_:.]/)];
  const apart = ours.flatMap((word, index) => (word === theirs[index] ? [] : [[word, theirs[index] ?? ""] as const]));
  const [first, ...more] = apart;
  if (ours.length !== theirs.length || !first || more.length > 0 || !areOpposite(...first)) return undefined;
  const other = field === "bad" ? "good" : "bad";
  return {
    code: "outside-total",
    message: `\`${total.metric}\` and \`${part.metric}\` count what went well and what did not, so neither is the total: when all fails there would be no ratio.`,
    hint: `Write events({ ${other}: ${JSON.stringify(print(total))}, ${field}: ${JSON.stringify(print(part))} }).`,
  };
}

const WELL = /^(succeeded|success|successes|successful|ok|good|passed|hits?|accepted|commits?|committed|delivered)$/i;
const BADLY =
  /^(failed|failures?|fails?|errors?|errored|bad|unsuccessful|miss|misses|missed|rejected|rollbacks?|dropped)$/i;

function areOpposite(a: string, b: string): boolean {
  return (WELL.test(a) && BADLY.test(b)) || (BADLY.test(a) && WELL.test(b));
}

const OUTCOMES = /code|status|outcome|result|response/i;
const FINE = ["200", "201", "204", "2xx", "ok", "OK", "Ok", "success", "SUCCESS", "succeeded"];
const FAILED = [
  "500",
  "502",
  "503",
  "504",
  "5xx",
  "error",
  "ERROR",
  "Error",
  "failed",
  "failure",
  "FAILURE",
  "timeout",
];

/** `good: code=~"5.."`. */
function swapped({ part, field }: Pair): Fault | undefined {
  const labels = [...new Set(part.matchers.map(({ label }) => label))].filter((label) => OUTCOMES.test(label));
  const [wanted, unwanted] = field === "good" ? [FINE, FAILED] : [FAILED, FINE];
  const label = labels.find((each) => !selectsAny(part, each, wanted) && selectsAny(part, each, unwanted));
  if (label === undefined) return undefined;
  const own = part.matchers.filter((matcher) => matcher.label === label).map(printMatcher);
  const other = field === "good" ? "bad" : "good";
  return {
    code: "part-swapped",
    message: `\`${field}\` has \`${own.join(", ")}\`, which looks like what is ${other}.`,
    hint: `Write \`${other}\` for \`${field}\`, or invert the matcher.`,
  };
}

function selectsAny({ matchers }: Selector, label: string, values: readonly string[]): boolean {
  const own = matchers.filter((matcher) => matcher.label === label);
  return values.some((value) => own.every((matcher) => allows(matcher, value)));
}

/** One letter away: most often one of the two is misspelt. */
function nearlySame({ total, part, field }: Pair): Fault | undefined {
  const [a, b] = [total.metric, part.metric];
  if (a.length < 8 || editDistance(a, b) !== 1) return undefined;
  return {
    code: "names-nearly-same",
    message: `\`total\` reads \`${a}\` and \`${field}\` reads \`${b}\`, which are one letter apart.`,
    hint: `Write the same name in both, where one is misspelt: a metric that does not exist counts nothing.`,
  };
}
