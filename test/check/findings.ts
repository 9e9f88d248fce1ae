/** What single checks find in declarations. */
import { expect } from "vitest";
import { checks } from "../../src/check/index.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { type Issue, printPath } from "../../src/issue.ts";
import { parse } from "../../src/parse/parse.ts";
import { platform, service } from "../parse/valid.ts";

export function planOf(slos: readonly unknown[], environment: object = {}, more: object = {}) {
  const parsed = parse({ services: [{ ...service, slos, ...more }], platform: { ...platform, ...environment } });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

/** What one check finds: `code path` of every issue. */
export function findingsOf(
  name: string,
  slos: readonly unknown[],
  environment: object = {},
  more: object = {},
): string[] {
  return run(name, planOf(slos, environment, more)).map(({ code, path }) => `${code} ${printPath(path)}`);
}

export function hintOf(name: string, slos: readonly unknown[], environment: object = {}): string | undefined {
  return run(name, planOf(slos, environment))[0]?.hint;
}

export function run(name: string, plan: Plan): readonly Issue[] {
  const check = checks.find((each) => each.name === name);
  if (!check) throw new Error(`There is no check ${name}.`);
  return check.check(plan);
}
