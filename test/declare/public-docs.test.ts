/** What an editor shows of the public API: every field is explained, and every function has an example that works. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import * as api from "../../src/index.ts";

const ROOT = join(import.meta.dirname, "../..");
const INDEX = join(ROOT, "src/index.ts");
/** Every file that the public API takes names from, and those that its declarations are in. */
const files = reachable([INDEX]).map(readSource);

describe("fields", () => {
  const fields = files.flatMap(publicFields);

  test("are found", () => {
    expect(fields.length).toBeGreaterThan(250);
    expect(fields.map(({ place }) => place)).toContain("values.ts PromqlExpression.meaning");
  });

  test("each has a meaning", () => {
    expect(fields.filter(({ doc }) => doc === "").map(({ place }) => place)).toEqual([]);
  });

  test("each that may be left out has what happens then, or its type has", () => {
    const silent = fields.filter(
      ({ optional, doc, typeDoc }) => optional && !/default|left out/i.test(`${doc} ${typeDoc}`),
    );
    expect(silent.map(({ place }) => place)).toEqual([]);
  });
});

describe("examples", () => {
  const examples = files.flatMap(examplesOf);
  const functions = new Map(Object.entries(api).filter(([, value]) => typeof value === "function"));

  test("every function has one", () => {
    const lacking = [...functions.keys()].filter((name) => !examples.some((example) => example.of === name));
    // It takes what `build` gives, which its own example has.
    expect(lacking).toEqual(["printIssue"]);
  });

  test("compile", () => {
    const lines = examples.map(({ code }, index) => `export const example${index} = ${code};`);
    const source = `import { ${[...functions.keys()].join(", ")} } from "../../src/index.ts";\n${lines.join("\n")}\n`;
    expect(mistakes(source)).toEqual([]);
  });

  test.each(examples)("$of gives what it says", ({ of, code }) => {
    const made = new Function(...functions.keys(), `return (${code});`)(...functions.values());
    expect(errorsOf(of, made)).toEqual([]);
  });
});

/** The errors of a service, or of a service that has what was made in its place. */
function errorsOf(of: string, made: unknown) {
  if (of === "definePlatform") return errors(api.build({ services: [], platform: made }));
  const declared = serviceWith(made as Readonly<Record<string, unknown>>);
  return errors(api.build({ services: [declared] })).filter(({ code }) => code !== "unknown-slo");
}

function errors({ issues }: { readonly issues: readonly api.Issue[] }) {
  return issues
    .filter(({ level }) => level === "error")
    .filter(({ code }) => code !== "missing-runbook" && code !== "missing-receiver");
}

const SERVICE = { name: "tried", owner: "payments", runbooks: "https://runbooks.example.com" };
const SLO = { name: "objective", objective: 99, sli: api.events({ total: "tries_total", bad: "failures_total" }) };

/** A service that has a declaration where it belongs, told by its fields. */
function serviceWith(made: unknown): unknown {
  if (typeof made !== "object" || made === null || Array.isArray(made)) return SERVICE;
  if ("owner" in made) return made;
  if ("slos" in made) return { ...SERVICE, ...made };
  if ("per" in made) return { ...SERVICE, budgets: [made] };
  if ("baseline" in made) return { ...SERVICE, experiments: [made] };
  return { ...SERVICE, ...placed(made as Readonly<Record<string, unknown>>) };
}

function placed(made: Readonly<Record<string, unknown>>): object {
  if ("objective" in made) return { slos: [made] };
  if ("target" in made) return { slos: [{ ...SLO, budgeting: made }] };
  if ("template" in made) return { slos: [{ ...SLO, groupBy: ["model"], annotations: { note: made } }] };
  if ("perPeriod" in made) {
    const bad = { ...made, perPeriod: "aws_bedrock_invocation_server_errors_sum" };
    return { slos: [{ ...SLO, sli: { kind: "events", total: made, bad } }] };
  }
  if ("unit" in made)
    return {
      budgets: [api.spend({ name: "money", metric: "money_total", per: "day", limit: made as unknown as api.Amount })],
    };
  return { slos: [{ ...SLO, sli: made }] };
}

interface Field {
  readonly place: string;
  readonly optional: boolean;
  readonly doc: string;
  /** What is said of the interface that it is a field of. */
  readonly typeDoc: string;
}

/** Fields of a file's interfaces and types; `never` only keeps either/or fields apart. */
function publicFields(file: ts.SourceFile): Field[] {
  const types = file.statements.filter((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each));
  const isPublic = (type: ts.Statement) => /\/declare\//.test(file.fileName) || hasExport(type);
  return types.filter(isPublic).flatMap((type) => {
    const signatures = descendants(type).filter(ts.isPropertySignature);
    return signatures
      .filter((field) => field.type?.kind !== ts.SyntaxKind.NeverKeyword)
      .map((field) => ({
        place: `${file.fileName.split("/").at(-1)} ${type.name.text}.${field.name.getText(file)}`,
        optional: field.questionToken !== undefined,
        doc: docOf(field),
        typeDoc: docOf(type),
      }));
  });
}

function hasExport(node: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

function descendants(node: ts.Node): ts.Node[] {
  const found: ts.Node[] = [];
  node.forEachChild((child) => void found.push(child, ...descendants(child)));
  return found;
}

function docOf(node: ts.Node): string {
  const docs = (node as { readonly jsDoc?: readonly ts.JSDoc[] }).jsDoc ?? [];
  return docs.map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? "").join(" ");
}

function examplesOf(file: ts.SourceFile): { readonly of: string; readonly code: string }[] {
  return file.statements.filter(ts.isFunctionDeclaration).flatMap((made) =>
    ts
      .getJSDocTags(made)
      .filter(({ tagName }) => tagName.text === "example")
      .map((tag) => ({ of: made.name?.text ?? "", code: ts.getTextOfJSDocComment(tag.comment) ?? "" })),
  );
}

/** The files that the public index re-exports from, and what their `export *` does in turn. */
function reachable(paths: readonly string[]): string[] {
  const next = paths.flatMap((path) =>
    readSource(path).statements.flatMap((statement) =>
      ts.isExportDeclaration(statement) && statement.moduleSpecifier
        ? [join(dirname(path), (statement.moduleSpecifier as ts.StringLiteral).text)]
        : [],
    ),
  );
  return next.length === 0 ? [...paths] : [...new Set([...paths, ...reachable(next)])];
}

function readSource(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.Latest, true);
}

/** What the compiler says of a file of this folder with this text. */
function mistakes(source: string): string[] {
  const path = join(import.meta.dirname, "examples.ts");
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT);
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === path || fileExists.call(host, name);
  host.getSourceFile = (name, ...rest) =>
    name === path ? ts.createSourceFile(name, source, ts.ScriptTarget.Latest) : getSourceFile.call(host, name, ...rest);
  const program = ts.createProgram([path], options, host);
  const found = program.getSemanticDiagnostics(program.getSourceFile(path));
  return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
