/** A build that looks for no proofs, which take seconds: for tests of many declarations that look at rules, pages and issues. */
import type { BuildInput, BuildResult } from "../../src/build.ts";
import { runChecks } from "../../src/check/index.ts";
import { compile } from "../../src/compile/compile.ts";
import { emit } from "../../src/emit/index.ts";
import { hasErrors, sortIssues } from "../../src/issue.ts";
import { parse } from "../../src/model/parse.ts";

/** What `build` gives of these targets, but for notes of what is not proven. */
export function buildUnproven(
  input: BuildInput & { readonly targets: readonly string[] },
): Pick<BuildResult, "plan" | "artifacts" | "issues"> {
  const parsed = parse(input);
  const { plan, issues: compiled } = compile(parsed.services, parsed.platform);
  const issues = sortIssues([...parsed.issues, ...compiled, ...runChecks(plan)]);
  if (hasErrors(issues)) return { plan: undefined, artifacts: [], issues };
  return { plan, artifacts: emit(plan, input.templates, input.targets), issues };
}
