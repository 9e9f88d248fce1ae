/**
 * Why a module did not load, as one issue: what, where, and what to write instead.
 * Node reports by code and by text; the shapes are held by test/io/load/load-declarations.test.ts.
 */
import { inspect } from "node:util";
import { type Issue, issue } from "../../issue.ts";
import { displayPath, locateFailure } from "./locate-failure.ts";
import { type FailedImport, failedImport } from "./typescript-hooks.ts";

/** The issue for whatever `import()` of the module at `path` threw. `wanted` is the export it was loaded for. */
export function describeLoadFailure(error: unknown, path: string, wanted: string): Issue {
  const readable = isReadable(error);
  const source = (readable ? locateFailure(error) : undefined) ?? { file: displayPath(path), line: 1, column: 1 };
  const { message, hint } = readable
    ? explain(error, source.file)
    : { message: `${source.file} threw a value that cannot be printed while it loaded.`, hint: THROWS };
  return issue("not-loadable", [wanted], message, hint, source);
}

/** An error may have getters that throw, a Proxy anything. */
function isReadable(error: unknown): boolean {
  try {
    return !(error instanceof Error) || [error.stack, error.name, String(error.message), codeOf(error)].length > 0;
  } catch {
    return false;
  }
}

interface Advice {
  readonly message: string;
  readonly hint: string;
}

function explain(error: unknown, file: string): Advice {
  const wanted = failedImport(error);
  if (wanted) return explainImport(wanted, error, file);
  if (!(error instanceof Error)) return { message: `${file} threw ${show(error)} while it loaded.`, hint: THROWS };
  const known = EXPLANATIONS.find(([pattern]) => pattern.test(`${codeOf(error)}: ${error.message}`));
  const message = firstLine(String(error.message));
  if (known) return { message: sentence(message), hint: known[1] };
  if (error instanceof SyntaxError) return { message: sentence(message), hint: "Correct the syntax." };
  return { message: sentence(`${file} threw while it loaded: ${error.name}: ${message}`), hint: THROWS };
}

/** Whatever was thrown, on one line: it may hold itself, or refuse to be looked at. */
function show(thrown: unknown): string {
  return inspect(thrown, {
    depth: 1,
    breakLength: Number.POSITIVE_INFINITY,
    customInspect: false,
    maxStringLength: 200,
  });
}

const THROWS = "Declarations are plain values: they load without network, environment or files that may be missing.";

/** Text of a failure to what to do about it, the special ones first. */
const EXPLANATIONS: readonly (readonly [RegExp, string])[] = [
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: .*enum/,
    'Write `const Color = { red: "red" } as const` instead of an enum: Node strips types and compiles nothing.',
  ],
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: .*(namespace|module)/,
    "Write plain exports instead of a namespace: Node strips types and compiles nothing.",
  ],
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX: .*parameter property/,
    "Declare the field and assign it in the constructor: Node strips types and compiles nothing.",
  ],
  [
    /^ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX/,
    "Use erasable syntax only; `erasableSyntaxOnly` in tsconfig.json shows such places while you type.",
  ],
  [
    /: \S+ is not defined$/,
    "Import it from firebreak, or correct its name: events, latency, gauge, probe, freshness, throughput, score, ratio, composite, spend.",
  ],
  [
    /does not provide an export named 'meanOfSlices'/,
    'The mean of slices was dropped: write `timeSlices({ slice: "5m", target: 99 })` with a target of your own, or leave `budgeting` out to count events.',
  ],
  [
    /does not provide an export named/,
    "Where it is a type, write `import type { ... }`; else export it there, or correct its name.",
  ],
  [/^ERR_IMPORT_ATTRIBUTE_MISSING/, 'Write `import data from "./data.json" with { type: "json" }`.'],
  [
    /^ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING/,
    "Packages must ship JavaScript: Node strips no types under node_modules.",
  ],
  [/^ERR_UNKNOWN_FILE_EXTENSION/, "Declarations are TypeScript or JavaScript modules."],
  [/before initialization/, "Where two modules import each other, move what both need into a third one."],
  [
    /(require|module|exports|__dirname|__filename) is not defined in ES module/,
    "Declarations are ES modules: write `import` and `export`.",
  ],
  [/never settles/, "Remove the top-level `await`: declarations are plain values."],
];

function explainImport({ specifier }: FailedImport, error: unknown, file: string): Advice {
  if (specifier.startsWith("."))
    return {
      message: `${file} imports ${specifier}, and there is no such file.`,
      hint: "Correct the path, or add the file.",
    };
  if (/^firebreak\//.test(specifier))
    return { message: `${file} imports ${specifier}, and there is no such part.`, hint: 'Import from "firebreak".' };
  if (error instanceof Error && codeOf(error) !== "ERR_MODULE_NOT_FOUND")
    return { message: sentence(firstLine(error.message)), hint: "Correct the import." };
  return {
    message: `${file} imports ${specifier}, which is not installed.`,
    hint: `Run \`npm install ${packageName(specifier)}\`, or correct the name.`,
  };
}

function packageName(specifier: string): string {
  return specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
}

function codeOf(error: Error): string {
  return "code" in error ? String(error.code) : error.name;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
