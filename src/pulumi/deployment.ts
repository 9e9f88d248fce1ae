/**
 * Declarations to what is deployed, as values: the same artifacts that `firebreak build` writes. Everything that could be
 * wrong is found here, before a resource registers.
 */
import { type Input, RunError } from "@pulumi/pulumi";
import { build } from "../build.ts";
import type { Plan } from "../compile/plan.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../declare/declaration.ts";
import type { Emitted } from "../emit/artifact.ts";
import { NO_FILES } from "../emit/target.ts";
import { templatesFor } from "../io/read-templates.ts";
import { hasErrors, type Issue, printIssue } from "../issue.ts";
import type { FilesTarget, SloStackTarget } from "./args.ts";
import { notFilled, secretIssues } from "./secrets/secret-issues.ts";
import { atTarget, targetIssues } from "./target-issues.ts";

export type { FilesTarget, SloStackTarget };

/** What is declared, in plain values: how many resources there are depends on nothing else. */
export interface Declared {
  readonly services: readonly ServiceDeclaration[];
  readonly platform?: PlatformDeclaration;
  readonly target: SloStackTarget;
  /** Secrets that the stack was given, by name; undefined where somebody else fills them in. */
  readonly secrets?: Readonly<Record<string, Input<string>>> | undefined;
}

export interface Deployment {
  readonly plan: Plan;
  readonly artifacts: readonly Emitted[];
  readonly warnings: readonly Issue[];
  /** To be said where no secrets were given, though receivers name some. */
  readonly unfilled: string | undefined;
}

/**
 * What is to be deployed.
 *
 * @throws {RunError} with the text of all issues, as the command line prints it, where there is an error.
 */
export function deploymentOf(declared: Declared): Deployment {
  const unfit = targetIssues(declared.target);
  const input = unfit.length > 0 ? withoutTarget(declared) : inputOf(declared);
  const { plan, artifacts, issues } = build({ ...input, templates: templatesFor(declared.services) });
  const isForFiles = declared.target?.kind === "files";
  const secrets = secretIssues(plan, isForFiles, declared.secrets);
  const all = [...unfit, ...issues.map(atTarget), ...secrets];
  if (plan === undefined || hasErrors(all)) throw new RunError(problemText(all));
  const warnings = all.filter((fact) => fact.level === "warning");
  return { plan, artifacts, warnings, unfilled: notFilled(plan, isForFiles, declared.secrets) };
}

/** Whatever else is wrong is reported with it. */
function withoutTarget({ services, platform }: Declared) {
  return { services, platform: { ...platform, kubernetes: undefined }, targets: NO_FILES };
}

function inputOf({ services, platform, target }: Declared) {
  // The directory gets what a build makes; a cluster gets the objects, in the way that the stack says.
  if (target?.kind === "files") return { services, platform };
  return { services, platform: { ...platform, kubernetes: target }, targets: ["kubernetes"] };
}

function problemText(issues: readonly Issue[]): string {
  const errors = issues.filter((fact) => fact.level === "error");
  const count = `${errors.length} ${errors.length === 1 ? "error" : "errors"}`;
  return `the declarations cannot be deployed: ${count}\n\n${issues.map(printIssue).join("\n")}\n`;
}
