/** What cannot be in the total: other matchers, another place, or the counterpart of it. */
import type { Matcher, Selector } from "../../promql/ast.ts";
import { excludeEachOther } from "../../promql/overlap.ts";
import { print } from "../../promql/print.ts";
import { printMatcher } from "../../promql/print-selector.ts";
import type { Fault } from "../metrics/uses.ts";

/** A counter of the total, and one of what is good or bad. */
export interface Pair {
  readonly total: Selector;
  readonly part: Selector;
  readonly field: "bad" | "good";
}

/** A matcher of the part that no series of the total can satisfy. */
export function contradicting(pair: Pair): Fault | undefined {
  const { total, part, field } = pair;
  for (const own of part.matchers) {
    const other = total.matchers.find((matcher) => matcher.label === own.label && excludeEachOther(own, matcher));
    if (!other || isBeginning(other)) continue;
    return total.metric === part.metric ? outside(pair, own, other) : elsewhere(field, own, other);
  }
  return undefined;
}

/** Of another job: their sum counts two services. */
export function ofOtherPlace({ total, part }: Pair): Fault | undefined {
  for (const own of part.matchers.filter(({ label }) => PLACES.test(label))) {
    const other = total.matchers.find((matcher) => matcher.label === own.label && excludeEachOther(own, matcher));
    if (!other) continue;
    return {
      code: "matcher-differs",
      message: `\`bad\` has \`${printMatcher(own)}\` and \`good\` has \`${printMatcher(other)}\`: their sum counts two services.`,
      hint: `Give both the same \`${own.label}\`.`,
    };
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

/** One counter of stages: what began is a total of what failed. */
function isBeginning({ label, op, value }: Matcher): boolean {
  return op === "=" && !PLACES.test(label) && BEGINNINGS.test(value);
}

const BEGINNINGS =
  /(^|[-_. ])(received|start|started|begin|begun|sent|submitted|attempts?|attempted|enqueued|queued|created|requests?|requested|opened|initiated|all|total)$/i;

function elsewhere(field: Pair["field"], own: Matcher, other: Matcher): Fault {
  return {
    code: "matcher-differs",
    message: `\`${field}\` has \`${printMatcher(own)}\` and \`total\` has \`${printMatcher(other)}\`: events outside the total would be counted.`,
    hint: `Give both the same \`${own.label}\`; where the two are counted in different places, leave out the matcher of one, or take a \`total\` from where \`${field}\` is.`,
  };
}

/** `jobs_succeeded_total` and `jobs_failed_total`: neither is the whole. */
export function counterpart({ total, part, field }: Pair): Fault | undefined {
  const [ours, theirs] = [total.metric.split(/[_:.]/), part.metric.split(/[_:.]/)];
  const apart = ours.flatMap((word, index) => (word === theirs[index] ? [] : [[word, theirs[index] ?? ""] as const]));
  const [first, ...more] = apart;
  const isPair = ours.length === theirs.length && first !== undefined && more.length === 0;
  if (!isPair || !(areOpposite(...first) || isOfTemporal(total.metric, first))) return undefined;
  const other = field === "bad" ? "good" : "bad";
  return {
    code: "outside-total",
    message: `\`${total.metric}\` and \`${part.metric}\` count what went well and what did not, so neither is the total: when all fails there would be no ratio.`,
    hint: `Write events({ ${other}: ${JSON.stringify(print(total))}, ${field}: ${JSON.stringify(print(part))} }).`,
  };
}

const WELL =
  /^(succeeded|success|successes|successful|ok|good|passed|hits?|accepted|commits?|committed|delivered|approved|acked|valid|up)$/i;
const BADLY =
  /^(failed|failures?|fails?|errors?|errored|bad|unsuccessful|miss|misses|missed|rejected|rollbacks?|dropped|declined|bounced|nacked|invalid|aborted|down|ko)$/i;

function areOpposite(a: string, b: string): boolean {
  return (WELL.test(a) && BADLY.test(b)) || (BADLY.test(a) && WELL.test(b));
}

/** Elsewhere what is completed may have failed. */
function isOfTemporal(metric: string, words: readonly [string, string]): boolean {
  return metric.startsWith("temporal_") && [...words].sort().join() === "completed,failed";
}
