/** What is written into matchers out of habit from elsewhere: shells' globs, dashboards' variables, ranges, lists with commas. */
import type { Matcher } from "../../promql/ast.ts";

/** What somebody meant who wrote a matcher that selects something else, or nothing. */
export interface Meant {
  /** What it does not match, and should. */
  readonly example: string;
  readonly hint: string;
  /** What it selects, where that is not its text. */
  readonly selects?: string;
}

/** Undefined where the value may well be what is meant. */
export function textsMeant(matcher: Matcher): Meant | undefined {
  const readers = [variable, comparison, codeRange, commas, spaces, glob];
  return readers.map((read) => read(matcher)).find((meant) => meant !== undefined);
}

/** Grafana fills `$job`, `${job:regex}` and `[[job]]` in; nothing does here, and in a pattern `$` is the end. */
function variable({ value }: Matcher): Meant | undefined {
  if (!/^(\$[a-z_]\w*|\$\{[a-z_]\w*(:\w+)?\}|\[\[[a-z_]\w*\]\])$/i.test(value)) return undefined;
  return { example: "what a dashboard fills in for it", hint: "Write the label's value itself." };
}

function comparison({ label, op, value }: Matcher): Meant | undefined {
  const [, sign = "", digit = "0"] = /^([<>]=?)\s*([1-5])\d\d$/.exec(value) ?? [];
  if (sign === "") return undefined;
  const first = sign.startsWith(">") ? `[${digit}-5]` : `[1-${digit}]`;
  const pattern = first[1] === first[3] ? first[1] : first;
  return {
    example: `${digit}00`,
    hint: `Values are texts and have no order: write \`${label}${like(op)}"${pattern}.."\`.`,
  };
}

/** In brackets it is one character out of those, elsewhere the text with its dash. */
function codeRange({ label, op, value }: Matcher): Meant | undefined {
  const [, from = "", to = ""] = /^\[?([1-5])\d\d\s*-\s*([1-5])\d\d\]?$/.exec(value) ?? [];
  if (from === "" || (value.startsWith("[") && !op.endsWith("~"))) return undefined;
  const pattern = from === to ? from : `[${from}-${to}]`;
  const selects = value.startsWith("[") ? "single characters" : undefined;
  return {
    example: `${from}00`,
    hint: `Write \`${label}${like(op)}"${pattern}.."\`.`,
    ...(selects === undefined ? {} : { selects }),
  };
}

function commas({ label, op, value }: Matcher): Meant | undefined {
  if (!/^[1-5][\dx.]{2}(\s*,\s*[1-5][\dx.]{2})+$/.test(value)) return undefined;
  const codes = value.split(",").map((code) => code.trim());
  const selects = "texts with the commas in them";
  return { example: codes[0] ?? "", hint: `Write \`${label}${like(op)}"${codes.join("|")}"\`.`, selects };
}

function spaces({ label, op, value }: Matcher): Meant | undefined {
  if (!op.endsWith("~") || !/\w +\| *\w|\w *\| +\w/.test(value)) return undefined;
  const tight = value.replaceAll(/ *\| */g, "|");
  const selects = "texts with the spaces in them";
  return { example: JSON.stringify(tight.split("|")[0]), hint: `Write \`${label}${op}"${tight}"\`.`, selects };
}

/** Names in Kubernetes and of jobs have no asterisk; paths and routes may. */
const NAMES = /^(job|namespace|pod|container|service|deployment|cluster|node|instance)$/;

/** In a pattern, `*` repeats the character before it. */
function glob({ label, op, value }: Matcher): Meant | undefined {
  const isPattern = op.endsWith("~");
  const [, begin = ""] = /^([\w/:-]*[a-z/:_-])\*$/i.exec(value) ?? [];
  if (begin === "" || (!isPattern && !NAMES.test(label))) return undefined;
  const selects = isPattern ? `${JSON.stringify(begin)} with its last character any number of times` : undefined;
  return {
    example: `what begins with ${JSON.stringify(begin)}`,
    hint: `Write \`${label}${like(op)}"${begin}.*"\`.`,
    ...(selects === undefined ? {} : { selects }),
  };
}

function like(op: string): string {
  return op.startsWith("!") ? "!~" : "=~";
}
