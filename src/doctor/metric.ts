/** One metric of the declarations: whether it is there, was, or never was, and whether its labels are as declared. */
import type { Use } from "../check/metrics/uses.ts";
import { type Issue, issue } from "../issue.ts";
import { nearest } from "../parse/read/nearest.ts";
import type { Matcher, Selector } from "../promql/ast.ts";
import { printSeconds } from "../promql/duration.ts";
import { print } from "../promql/print.ts";
import type { Connection } from "./ask/no-answer.ts";
import { isKnown, labelsOf, optional, sampleOf, valuesOf } from "./ask/queries.ts";
import { falling, sometimes } from "./over-time.ts";

/** What is known without asking. */
export interface Known {
  /** Series that the rules of these declarations record. */
  readonly recorded: ReadonlySet<string>;
  /** How far back is looked. */
  readonly days: number;
  /** Labels that series get when they leave the server. */
  readonly external: readonly string[];
  /** Seconds since the server started, where it may not have scraped every target since. */
  readonly startedAgo: number | undefined;
}

/** What is wrong with it; nothing where it is there all the time. */
export async function examineMetric(use: Use, selector: Selector, known: Known, to: Connection): Promise<Issue[]> {
  const found = await sampleOf(to, `count(${print(selector)})`);
  if (found === undefined) return [await whyMissing(use, selector, known, to)];
  const only = isFailures(use) ? [] : await sometimes(use, selector, to);
  return [...only, ...(await falling(use, selector, to)), ...(await examineLabels(use, selector, known, to))];
}

async function whyMissing(use: Use, selector: Selector, known: Known, to: Connection): Promise<Issue> {
  const { recorded, days, startedAgo } = known;
  const name = print(selector);
  const other = await otherForm(use, selector, to);
  if (other) return other;
  if (recorded.has(selector.metric))
    return at(
      use,
      "metric-recorded",
      `${name} is made by a rule of these declarations, and is not there yet.`,
      "Load the rules, and ask again.",
    );
  if (startedAgo !== undefined && !isFailures(use))
    return at(
      use,
      "just-started",
      `${name} has no series yet: the server started ${printSeconds(startedAgo)} ago.`,
      "Ask again in a minute, when every target was scraped.",
    );
  if (await isKnown(to, selector, days))
    return isFailures(use) ? noneNow(use, selector) : gone(use, selector, days, to);
  if (await isKnown(to, { ...selector, matchers: [] }, days)) return unmatched(use, selector, to);
  const names = await valuesOf(to, "__name__");
  if (isFailures(use) && nearest(selector.metric, names) === undefined)
    return notYet(use, `${name} has no series, and had none in ${days} days.`);
  return at(
    use,
    "metric-never-seen",
    `${name} has no series, and had none in ${days} days.${meant(selector.metric, names)}`,
    "Correct the name, or scrape its target.",
  );
}

/** A histogram that is there as the other kind: an exporter has both, and a server that scrapes native ones drops the classic. */
async function otherForm(use: Use, selector: Selector, to: Connection): Promise<Issue | undefined> {
  if (use.as !== "histogram" || use.metric.type !== "selector") return undefined;
  const { selector: bare } = use.metric;
  const counted = { ...bare, metric: `${bare.metric}_count` };
  const question = use.isNative ? print(counted) : `histogram_count(${print(bare)})`;
  if ((await sampleOf(to, `count(${question})`)) === undefined) return undefined;
  const [declared, found] = use.isNative ? ["native", "classic"] : ["classic", "native"];
  const message = `${print(use.isNative ? selector : bare)} is declared as a ${declared} histogram, and the server has it as a ${found} one.`;
  return at(use, "histogram-differs", message, use.isNative ? TO_CLASSIC : TO_NATIVE);
}

const TO_CLASSIC =
  "Remove `type`, and use a bucket boundary as the threshold; or set scrape_native_histograms: true for its job.";
const TO_NATIVE =
  'Declare `type: "native"`; or set always_scrape_classic_histograms: true for its job, which keeps the classic one beside it.';

/** What counts failures: many are born with the first one, and a healthy system has none of them. */
function isFailures({ path }: Use): boolean {
  return path.at(-2) === "bad" || path.at(-1) === "bad";
}

function notYet(use: Use, message: string): Issue {
  return at(use, "no-failure-yet", message, NOT_YET);
}

const NOT_YET =
  "Where nothing has failed yet, this is as it should be: it counts as no failure. To be sure of the name and its labels, let something fail, and ask again.";

function noneNow(use: Use, selector: Selector): Issue {
  return notYet(use, `${print(selector)} had series and has none now, as after a restart until something fails.`);
}

async function gone(use: Use, selector: Selector, days: number, to: Connection): Promise<Issue> {
  const last = await sampleOf(to, `max(max_over_time(timestamp(${print(selector)})[${days}d:1h]))`);
  const since =
    last === undefined ? "" : `, since about ${new Date(last * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  return at(
    use,
    "metric-gone",
    `${print(selector)} had series but has none now${since}.`,
    "Check whether its target is up, or whether an upgrade renamed it.",
  );
}

/** Each matcher alone, so that the one at fault is named. */
async function unmatched(use: Use, selector: Selector, to: Connection): Promise<Issue> {
  for (const matcher of selector.matchers) {
    const alone = { ...selector, matchers: [matcher] };
    if ((await sampleOf(to, `count(${print(alone)})`)) !== undefined) continue;
    const values = await valuesOf(to, matcher.label, { ...selector, matchers: [] });
    const fact = `no series of ${selector.metric} has ${matcherWords(matcher)}.${listed(matcher, values)}`;
    if (isFailures(use) && values.length > 0 && !isMisspelt(matcher, values)) return notYet(use, fact);
    return at(use, "label-value-never-seen", fact, MATCHER_HINTS[matcher.op]);
  }
  if (isFailures(use))
    return notYet(use, `no series of ${selector.metric} has all of ${print(selector)}'s labels together.`);
  return at(
    use,
    "label-value-never-seen",
    `no series of ${selector.metric} has all of ${print(selector)}'s labels together.`,
    "Leave out one matcher at a time.",
  );
}

const COMPARED = "Correct the matcher; values are compared letter by letter.";
const MATCHED = "Correct the matcher; its expression has to match a value from beginning to end.";
const MATCHER_HINTS: Readonly<Record<Matcher["op"], string>> = {
  "=": COMPARED,
  "!=": COMPARED,
  "=~": MATCHED,
  "!~": MATCHED,
};

/** A word that is nearly one of the values; numbers such as `429` are near to others that mean something else. */
function isMisspelt({ op, value }: Matcher, values: readonly string[]): boolean {
  return op === "=" && /[A-Za-z]{3}/.test(value) && nearest(value, values) !== undefined;
}

function matcherWords({ label, op, value }: Matcher): string {
  return `${label}${op}${JSON.stringify(value)}`;
}

function listed({ label, op, value }: Matcher, values: readonly string[]): string {
  if (values.length === 0) return ` None of them has a label ${label}.`;
  const some = values
    .slice(0, 5)
    .map((each) => JSON.stringify(each))
    .join(", ");
  const near = op === "=" && /[A-Za-z]{3}/.test(value) ? meant(value, values) : "";
  return `${near} There ${values.length === 1 ? "is" : "are"} ${some}${values.length > 5 ? ` and ${values.length - 5} more` : ""}.`;
}

/** Labels of groups that series lack. */
export async function examineLabels(use: Use, selector: Selector, known: Known, to: Connection): Promise<Issue[]> {
  const found = await Promise.all((use.by ?? []).map((label) => missingLabel({ use, label, selector }, known, to)));
  return found.flat();
}

interface Labelled {
  readonly use: Use;
  readonly label: string;
  readonly selector: Selector;
}

async function missingLabel({ use, label, selector }: Labelled, known: Known, to: Connection): Promise<Issue[]> {
  const without = { ...selector, matchers: [...selector.matchers, { label, op: "=", value: "" } as const] };
  const lacking = await sampleOf(to, `count(${print(without)})`);
  if (lacking === undefined) return [];
  const message = `${lacking} series of ${print(selector)} have no label ${label}.`;
  return known.external.includes(label)
    ? [
        at(
          use,
          "label-absent",
          `${message} It is an external label: series get it when they leave this server.`,
          EXTERNAL,
        ),
      ]
    : [at(use, "label-absent", `${message}${await labelWords(label, selector, to)}`, ABSENT)];
}

const ABSENT = "Correct the name in `groupBy` or `by`, or match only series that have it.";

/** The label that was meant, or those that there are. */
async function labelWords(label: string, selector: Selector, to: Connection): Promise<string> {
  const all = (await optional(labelsOf(to, selector))) ?? [];
  const labels = all.filter((name) => name !== "__name__" && name !== label);
  const near = meant(label, labels);
  return near !== "" || labels.length === 0 ? near : ` They have ${labels.slice(0, 8).join(", ")}.`;
}

const EXTERNAL =
  "Leave it out of `identity` and `groupBy` for rules of this server, or give it to targets by relabelling.";

function meant(word: string, candidates: readonly string[]): string {
  const candidate = nearest(word, candidates);
  return candidate === undefined ? "" : ` There is ${candidate}.`;
}

function at({ path, source }: Use, code: Issue["code"], message: string, hint: string): Issue {
  return issue(code, path, message, hint, source);
}
