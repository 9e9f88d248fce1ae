/**
 * Read this first: the whole story. Declarations become services, services a plan, the plan files.
 * Pure: no clock, no disk, no network; the same input gives the same bytes.
 */

import { joined } from "./check/joined.ts";
import { unprovenAlerts } from "./check/proofs.ts";
import { issuesOfAll } from "./check/provisional.ts";
import { withoutUnread } from "./check/unread.ts";
import { compile } from "./compile/compile.ts";
import { type Keep, keepAll, keepLast } from "./compile/keep.ts";
import type { Plan } from "./compile/plan.ts";
import type { Emitted } from "./emit/artifact.ts";
import { emit } from "./emit/index.ts";
import { tooLarge } from "./emit/kubernetes/object-size.ts";
import { runbookIssues } from "./emit/runbooks/runbook-issues.ts";
import { NO_FILES, type Templates } from "./emit/target.ts";
import { hasErrors, type Issue, type IssuePath, sortIssues } from "./issue.ts";
import { parse } from "./parse/parse.ts";
import { withOptions } from "./parse/read/preset-options.ts";

export interface BuildInput {
  readonly services: unknown;
  readonly platform?: unknown;
  readonly templates: Templates;
  /** Names of the targets to emit, or `NO_FILES`. Default: all. */
  readonly targets?: readonly string[];
}

export interface BuildResult {
  /** Undefined where the declarations did not parse. */
  readonly plan: Plan | undefined;
  /** Empty where there are errors. */
  readonly artifacts: readonly Emitted[];
  /** What is too broken to be checked any further; where there is no plan, some checks of everything wait. */
  readonly waiting: readonly IssuePath[];
  /** In a stable order. */
  readonly issues: readonly Issue[];
}

/** Declarations to files, with every problem found on the way. */
export function build(input: BuildInput): BuildResult {
  const parsed = parse(input);
  const { plan, issues: compiled } = compile(parsed.services, parsed.platform, keepFor(input));
  const checked = joined(withoutUnread([...compiled, ...issuesOfAll(plan, parsed)], parsed.issues));
  const issues = sortIssues(withOptions([...parsed.issues, ...checked], input.services));
  const { waiting } = parsed;
  if (hasErrors(issues)) return { plan: hasErrors(parsed.issues) ? undefined : plan, artifacts: [], waiting, issues };
  const artifacts = emit(plan, input.templates, input.targets);
  const unfit = [
    ...tooLarge(objectsOf(plan, artifacts, input)),
    ...(writesPages(input) ? runbookIssues(plan, input.templates) : []),
  ];
  return {
    plan,
    artifacts: hasErrors(unfit) ? [] : artifacts,
    waiting,
    issues: sortIssues([...issues, ...(makesProofs(input) ? unprovenAlerts(plan) : []), ...unfit]),
  };
}

/** Rule files alone read the rules service by service, once; every other target reads them again. */
function keepFor({ targets }: BuildInput): Keep {
  return targets?.join() === "prometheus" ? keepLast(SOME) : keepAll;
}

/** More than most services have. */
const SOME = 100;

/** What a cluster has to take, also where no file is wanted: `check` reports what `build` would. */
function objectsOf(plan: Plan, artifacts: readonly Emitted[], { targets, templates }: BuildInput): readonly Emitted[] {
  return targets === NO_FILES ? emit(plan, templates, ["kubernetes"]) : artifacts;
}

/** Finding the histories is half of a build: without their target nobody reads them. */
function makesProofs(input: BuildInput): boolean {
  return makesOneOf(["proofs"], input);
}

/** Their links are proven where somebody reads them, or asks: a `diff` of two builds does neither. */
function writesPages(input: BuildInput): boolean {
  return makesOneOf(["runbooks", "kubernetes", "proofs"], input);
}

function makesOneOf(names: readonly string[], { targets }: BuildInput): boolean {
  return targets === undefined || targets === NO_FILES || names.some((name) => targets.includes(name));
}
