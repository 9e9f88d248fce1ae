/** What a user gives as a metric, parsed: a selector, or an expression that has been read to its end. */
import { z } from "zod";
import type { Matcher, Selector } from "../promql/ast.ts";
import { offset } from "../promql/build.ts";
import { type Parsed, parseExpression, parseSelector, pointAt, type SyntaxProblem } from "../promql/grammar/parse.ts";
import { printNumber } from "../promql/number.ts";
import { print } from "../promql/print.ts";
import { secondsSchema } from "./duration.ts";
import { type Context, fault, refuse } from "./fault.ts";

/** A parsed metric. */
export type ParsedMetric =
  | { readonly type: "selector"; readonly selector: Selector }
  | {
      readonly type: "promql";
      readonly text: string;
      readonly meaning?: string;
      /** It was made of a gauge that counts a period, and is a rate for sure. */
      readonly isPerPeriod?: true;
      /** How long its period is. */
      readonly periodSeconds?: number;
    };

/** Several counters, that count different things: their sum. */
export interface Sum {
  readonly type: "sum";
  readonly of: readonly ParsedMetric[];
}

/** What counts: one metric, or the sum of several. */
export type Counted = ParsedMetric | Sum;

/** Whether a value of a parsed declaration is one. */
export function isMetric(value: unknown): value is ParsedMetric {
  if (typeof value !== "object" || value === null || !("type" in value)) return false;
  return (value.type === "selector" && "selector" in value) || (value.type === "promql" && "text" in value);
}

const expression = z.strictObject({
  promql: z.string(),
  meaning: z
    .string()
    .refine((text) => text.trim() !== "", {
      error: "the meaning is empty",
      params: fault("bad-value", "Say what it counts, such as `requests that missed a threshold`, or leave it out."),
    })
    .optional(),
});

/** A selector as text, where an expression would not do. */
export const selectorSchema = z.string().transform(readSelector);

const countOfPeriod = z.strictObject({
  perPeriod: selectorSchema,
  period: secondsSchema,
  delay: secondsSchema.optional(),
});

/** A selector as text, `{ promql }`, or a gauge that counts a period. */
export const metricSchema = z.union([z.string(), expression, countOfPeriod]).transform(readMetric);

/** A metric, or a list of them, of which the sum counts. */
export const countedSchema = z
  .union([z.string(), expression, countOfPeriod, z.array(metricSchema).min(1, { error: "the list is empty" })])
  .transform((given, context): Counted => {
    if (!Array.isArray(given)) return readMetric(given, context);
    const [only, ...more] = given as readonly ParsedMetric[];
    return only && more.length === 0 ? only : { type: "sum", of: given };
  });

function readMetric(
  metric: string | z.output<typeof expression> | z.output<typeof countOfPeriod>,
  context: Context,
): ParsedMetric {
  if (typeof metric === "string") return { type: "selector", selector: readSelector(metric, context) };
  return "perPeriod" in metric ? rateOfPeriod(metric) : readExpression(metric, context);
}

function readSelector(text: string, context: Context): Selector {
  const parsed = parseSelector(text);
  if (!parsed.ok)
    return refuse(context, "bad-selector", syntaxMessage(text, parsed.problem), quoteHint(text) ?? SELECTOR_HINT);
  const named = withName(parsed.value);
  if (!named) return refuse(context, "bad-selector", "the selector names no metric", SELECTOR_HINT);
  return inOrder(named);
}

/** In what order matchers were written means nothing, so it must not show. The job comes first, as people write it. */
function inOrder(selector: Selector): Selector {
  const rank = ({ label, op, value }: Matcher): string => `${label === "job" ? 0 : 1}${label}\u0000${op}\u0000${value}`;
  const matchers = [...selector.matchers].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  return { ...selector, matchers: matchers.filter((each, index) => rank(each) !== rank(matchers[index - 1] ?? NONE)) };
}

const NONE: Matcher = { label: "", op: "=", value: "" };

const SELECTOR_HINT =
  'Give one metric with matchers, such as `http_requests_total{code=~"5.."}`, or `{ promql: "…" }` for anything more.';

/** Names of OpenTelemetry as they are: PromQL takes them in quotes, within the braces. */
function quoteHint(text: string): string | undefined {
  const [, name, matchers = ""] = /^\s*(\w+(?:\.\w+)+)\s*(?:\{\s*(.*)\}\s*)?$/s.exec(text) ?? [];
  if (name === undefined) return undefined;
  const inside = [JSON.stringify(name), matchers.trim()].filter((part) => part !== "").join(", ");
  return `Quote a name with dots, within the braces: \`{${inside}}\`.`;
}

/** `{__name__="x"}` is `x`. */
function withName(selector: Selector): Selector | undefined {
  if (selector.metric !== "") return selector;
  const name = selector.matchers.find((matcher) => matcher.label === "__name__" && matcher.op === "=");
  if (!name) return undefined;
  return { ...selector, metric: name.value, matchers: selector.matchers.filter((matcher) => matcher !== name) };
}

function readExpression({ promql: text, meaning }: z.output<typeof expression>, context: Context): ParsedMetric {
  const parsed = parseWithWindow(text);
  if (parsed.ok) return { type: "promql", text, ...(meaning !== undefined && { meaning: meaning.trim() }) };
  return refuse(
    context,
    "bad-promql",
    syntaxMessage(text, parsed.problem),
    rangeHint(text) ?? "Correct the expression; `$window` stands for the range.",
  );
}

/** Other tools' words for the range. */
const PLACEHOLDERS = /\[\s*(\{\{[^}]*\}\}|\$\{?(?!window\s*\])\w+\}?|[A-Za-z_]\w*)\s*\]/;

function rangeHint(text: string): string | undefined {
  const [written, word] = PLACEHOLDERS.exec(text) ?? [];
  if (written === undefined) return undefined;
  return `Write \`[$window]\` for \`${written}\`: \`${word}\` means nothing here.`;
}

/** So many in a period, by its seconds. What comes late is read where it is: Prometheus shows no sample that is 5m old. */
function rateOfPeriod({ perPeriod, period, delay = 0 }: z.output<typeof countOfPeriod>): ParsedMetric {
  const counted = print(offset(perPeriod, delay * 1000));
  return {
    type: "promql",
    text: `${counted} / ${printNumber(period)}`,
    meaning: `what \`${print(perPeriod)}\` counts`,
    isPerPeriod: true,
    periodSeconds: period,
  };
}

/** `$window` is no PromQL: a duration of the same length keeps every character where it is. */
function parseWithWindow(text: string): Parsed<string> {
  return parseExpression(text.replaceAll("$window", "100000s"));
}

function syntaxMessage(text: string, problem: SyntaxProblem): string {
  return `${problem.message}\n${pointAt(text, problem.at)}`;
}
