/** What a tree makes of the corpus: the rules and the tests of every service, as values. */
import { createHash } from "node:crypto";
import { issuesOfAll } from "../../src/check/provisional.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Plan } from "../../src/compile/plan.ts";
import type { Artifact } from "../../src/emit/artifact.ts";
import { emit } from "../../src/emit/index.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { parse } from "../../src/parse/parse.ts";
import { platform, services } from "../../test/golden/everything/index.ts";
import { corpus } from "./corpus.ts";

export interface RuleGroup {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly Rule[];
}

export type Rule = Readonly<Record<string, unknown>> & {
  readonly record?: string;
  readonly alert?: string;
  readonly expr: string | number;
  readonly labels?: Readonly<Record<string, string>>;
};

export interface RuleFile {
  readonly groups: readonly RuleGroup[];
}

/** One test, with what its file says of all: how often rules are evaluated, and in which order. */
export interface Test {
  readonly name: string;
  /** As promtool reads it, but for the rules. */
  readonly file: object;
  readonly promql_expr_test: readonly { readonly eval_time: string; readonly expr: string }[];
}

/** A service on a platform. */
export interface Built {
  /** `plain/bad`. */
  readonly name: string;
  readonly rules: RuleFile;
  /** Made when asked for: finding histories takes longer than compiling. */
  readonly tests: () => readonly Test[];
}

/** @throws Error naming what is an error now. */
export function builtCorpus(): Built[] {
  return corpus.flatMap(({ name, platform, services }) => builtOf(name, planOf({ services, platform })));
}

/** What is no rule of the corpus, as digests: rules of the golden declarations, and texts of all. */
export interface Beside {
  readonly rules: string;
  readonly texts: string;
}

export function besideOf(): Beside {
  const plans = [...corpus, { platform, services }].map(planOf);
  const [golden] = plans.slice(-1) as [Plan];
  const templates = readTemplates();
  const texts = plans.flatMap((plan) => emit(plan, templates, ["prometheus", "alertmanager", "runbooks"]));
  return { rules: digestOf(withoutTexts(prometheus.emit(golden, {}))), texts: digestOf(texts) };
}

function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

function withoutTexts(artifacts: readonly Artifact[]): unknown {
  const values = artifacts.map(({ value }) => value as RuleFile);
  return values.map(({ groups }) =>
    groups.map((group) => ({ ...group, rules: group.rules.map((rule) => ({ ...rule, annotations: undefined })) })),
  );
}

function planOf(declared: Parameters<typeof parse>[0]): Plan {
  const parsed = parse(declared);
  const { plan, issues } = compile(parsed.services, parsed.platform);
  const all = [...parsed.issues, ...issues, ...issuesOfAll(plan, parsed)];
  const errors = all.filter(({ level }) => level === "error").map(({ code, path }) => `${code} at ${path.join(".")}`);
  if (errors.length > 0) throw new Error(errors.join(", "));
  return plan;
}

function builtOf(platform: string, plan: Plan): Built[] {
  return plan.services.map((service): Built => {
    const alone = { ...plan, services: [service] };
    return {
      name: `${platform}/${service.service.name}`,
      rules: (prometheus.emit(alone, {})[0]?.value ?? { groups: [] }) as RuleFile,
      tests: () => proofs.emit(alone, {}).flatMap(({ value }) => testsOf(value as TestFile)),
    };
  });
}

interface TestFile {
  readonly tests: readonly Omit<Test, "file">[];
}

function testsOf(file: TestFile): Test[] {
  return file.tests.map((test) => ({ ...test, file: { ...file, tests: [test] } }));
}
