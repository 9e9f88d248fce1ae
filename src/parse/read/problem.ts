/** A problem of zod's in our words. Schemas that know better name their own code and hint (`Fault`). */
import type { Fault } from "../../sli/fault.ts";
import { kindNames, kindsWith } from "../../sli/index.ts";
import { WEEKDAYS } from "../../time/calendar-days.ts";
import type { Problem } from "./found.ts";
import { meantKey, nearest } from "./nearest.ts";
import { isRecord } from "./plain-data.ts";
import type { SchemaProblem } from "./schema-problems.ts";

/** The problems behind one of zod's: several where several keys are unknown. */
export function describeProblem(problem: SchemaProblem): Problem[] {
  switch (problem.code) {
    case "unrecognized_keys":
      return (problem.keys ?? []).map((key) => unknownKey(problem, key));
    case "invalid_union":
      return [unknownKind(problem)];
    case "invalid_type":
      return [problem.input === undefined ? missing(problem) : wrongType(problem)];
    case "invalid_value":
      return [problem.input === undefined ? missing(problem) : wrongWord(problem)];
    case "custom":
      return [custom(problem)];
    default:
      return [outOfBounds(problem)];
  }
}

function unknownKey({ path, known = [] }: SchemaProblem, key: string): Problem {
  const meant = meantKey(key, known);
  const elsewhere = known.includes("sli") ? insideSli(key) : undefined;
  const hint = elsewhere ?? (meant === undefined ? `Known keys: ${known.join(", ")}.` : `Write \`${meant}\`.`);
  return { code: "unknown-key", path: [...path, key], message: `there is no key \`${key}\` here.`, hint };
}

/** A field of an SLI that was given to its SLO. */
function insideSli(key: string): string | undefined {
  const [kind] = kindsWith(key);
  return kind && `Write it inside \`sli\`, such as sli: ${kind}({ …, ${key}: … }).`;
}

function unknownKind({ path, input }: SchemaProblem): Problem {
  const kind = isRecord(input) ? input.kind : undefined;
  if (kind === undefined)
    return {
      code: "missing-field",
      path,
      message: "the SLI's kind is missing.",
      hint: `Make it with one of ${kindNames.join(", ")}.`,
    };
  const meant = typeof kind === "string" ? nearest(kind, kindNames) : undefined;
  const hint = `${meant === undefined ? "" : `Did you mean \`${meant}\`? `}The kinds are ${kindNames.join(", ")}.`;
  return { code: "unknown-kind", path, message: `${found(kind)} is not a kind of SLI.`, hint };
}

function missing({ path, expected = [], options = [] }: SchemaProblem): Problem {
  const name = path.at(-1) ?? "value";
  return {
    code: "missing-field",
    path,
    message: `\`${name}\` is missing.`,
    hint: timeHint(path) ?? EXAMPLES[name] ?? `Give ${wanted(expected, options)}.`,
  };
}

/** What to write for the fields that are most often missing. */
const EXAMPLES: Readonly<Record<string, string>> = {
  name: 'Give it a name, such as "availability".',
  objective: "Give the objective in percent, such as 99.9.",
  sli: `Say what is measured, with one of ${kindNames.join(", ")}.`,
  total: "Give the metric that counts all events.",
};

function wrongType({ path, expected = [], options = [], input }: SchemaProblem): Problem {
  const amount = expected.includes("object") ? meantAmount(path, input) : undefined;
  if (amount !== undefined) return { code: "wrong-type", path, message: `${found(input)} has no unit.`, hint: amount };
  const hint = timeHint(path) ?? typeHint(expected, input, path.at(-1)) ?? `Give ${wanted(expected, options)}.`;
  return { code: "wrong-type", path, message: `${found(input)} is not ${wanted(expected, options)}.`, hint };
}

/** Of business hours. */
function timeHint(path: readonly (string | number)[]): string | undefined {
  const [outer, field] = path.slice(-2);
  const isTime = outer === "businessHours" && (field === "start" || field === "end");
  return isTime ? 'Write hours and minutes, such as "09:00".' : undefined;
}

/** A number where money or tokens are wanted. */
function meantAmount(path: readonly (string | number)[], input: unknown): string | undefined {
  const [number] =
    typeof input === "number" ? [input] : typeof input === "string" ? (/\d+(\.\d+)?/.exec(input) ?? []) : [];
  if (number === undefined || !(Number(number) > 0) || !isAmount(path)) return undefined;
  return path.includes("models") ? `Write usd(${number}).` : `Write usd(${number}), or tokens(${number}).`;
}

function isAmount(path: readonly (string | number)[]): boolean {
  const [outer, inner] = [path.at(-2), path.at(-1)];
  return outer === "limits" || path.at(-3) === "models" || AMOUNTS.includes(String(inner));
}

const AMOUNTS: readonly string[] = ["limit", "limitEach", "perRequest", "per1kTokens", "atLeast"];

function wrongWord({ path, options = [], optionType, input }: SchemaProblem): Problem {
  const meant = typeof input === "string" ? (SEVERITIES[input] ?? nearest(input, options)) : undefined;
  const hint =
    meant === undefined || !options.includes(meant)
      ? `Write one of ${listed(options)}.`
      : `Write \`${meant}\`; the choice is ${listed(options)}.`;
  const code = typeof input === optionType ? "bad-value" : "wrong-type";
  return { code, path, message: `${found(input)} is not among ${listed(options)}.`, hint };
}

/** Severities of kube-prometheus in ours. */
const SEVERITIES: Readonly<Record<string, string>> = { critical: "page", warning: "ticket" };

function outOfBounds({ path, message, bound, input }: SchemaProblem): Problem {
  if (bound === undefined) return { code: "bad-value", path, message: asSentence(message), hint: "Correct the value." };
  return { code: "bad-value", path, message: `${found(input)} is not ${bound}.`, hint: `Give a number ${bound}.` };
}

function custom({ path, message, params }: SchemaProblem): Problem {
  const fault = isRecord(params) ? (params.fault as Fault | undefined) : undefined;
  const { code, hint } = fault ?? { code: "bad-value" as const, hint: "Correct the value." };
  return { code, path, message: asSentence(message), hint };
}

/** Of a range as Alertmanager writes it: `monday:friday`. */
function daysOf(text: string): readonly string[] | undefined {
  const [from = -1, to = -1] = text.split(":").map((day) => (WEEKDAYS as readonly string[]).indexOf(day));
  return from < 0 || to < from ? undefined : WEEKDAYS.slice(from, to + 1);
}

/** What helps most is the value as it should have been written. */
function typeHint(expected: readonly string[], input: unknown, field: string | number | undefined): string | undefined {
  if (expected.includes("array") && typeof input === "string")
    return `Write a list: [${(daysOf(input) ?? [input]).map((each) => JSON.stringify(each)).join(", ")}].`;
  if (expected.includes("number") && isNumeric(input))
    return `Write the number without quotes: ${Number.parseFloat(input)}.`;
  if (typeof input === "number" && DURATION_FIELDS.test(String(field)))
    return 'Write text with a unit, such as "30s" or "30d".';
  if (expected.includes("string") && isRecord(input) && "template" in input)
    return "Templates are for annotations; write plain text here.";
  if (typeof input === "symbol" && input.description?.startsWith("a Output"))
    return "Declarations are plain values: give the value itself, not an Output.";
  return undefined;
}

const DURATION_FIELDS = /^(window|for|long|short|slice|maxAge|settle|retention|per)$|Interval$|For$/;

function isNumeric(input: unknown): input is string {
  return typeof input === "string" && /^\s*-?\d+(\.\d+)?\s*%?\s*$/.test(input);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

function wanted(expected: readonly string[], options: readonly string[]): string {
  const types = expected.map((type) => TYPE_WORDS[type] ?? type);
  return [...new Set([...options.map((option) => `\`${option}\``), ...types])].join(" or ") || "another value";
}

function listed(options: readonly string[]): string {
  return options.map((option) => `\`${option}\``).join(", ");
}

const MOST_CHARACTERS = 60;

/** A value as people see it in their file. */
function found(value: unknown): string {
  if (typeof value === "symbol") return value.description || "a symbol";
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return "a list";
  if (isRecord(value)) return "an object";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text;
}

/** Only the first line: a syntax problem goes on with the text and a caret. */
function asSentence(message: string): string {
  const [first = "", ...rest] = message.split("\n");
  return [/[.!?…]$/.test(first) ? first : `${first}.`, ...rest].join("\n");
}
