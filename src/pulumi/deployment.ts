/**
 * Declarations to what is deployed, as values: the same artifacts that `firebreak build` writes. Everything that could be
 * wrong is found here, before a resource registers.
 */
import { type Input, RunError } from "@pulumi/pulumi";
import { build } from "../build.ts";
import type { Plan } from "../compile/plan.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../declare/declaration.ts";
import type { Emitted } from "../emit/artifact.ts";
import { templatesFor } from "../io/read-templates.ts";
import { hasErrors, type Issue, printIssue } from "../issue.ts";
import type { FilesTarget, SloStackTarget } from "./args.ts";
import { secretIssues } from "./secrets/secret-issues.ts";

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
}

/**
 * What is to be deployed.
 *
 * @throws {RunError} with the text of all issues, as the command line prints it, where there is an error.
 */
export function deploymentOf(declared: Declared): Deployment {
  const { plan, artifacts, issues } = build({ ...inputOf(declared), templates: templatesFor(declared.services) });
  const all = [...issues, ...secretIssues(plan, declared.target?.kind === "files", declared.secrets)];
  if (plan === undefined || hasErrors(all)) throw new RunError(problemText(all));
  return { plan, artifacts, warnings: all.filter((fact) => fact.level === "warning") };
}

function inputOf({ services, platform, target }: Declared) {
  // The directory gets what a build makes; a cluster gets the objects, in the way that the stack says.
  if (target?.kind === "files") return { services, platform };
  return { services, platform: { ...platform, kubernetes: target ?? null }, targets: ["kubernetes"] };
}

function problemText(issues: readonly Issue[]): string {
  const errors = issues.filter((fact) => fact.level === "error");
  const count = `${errors.length} ${errors.length === 1 ? "error" : "errors"}`;
  return `the declarations cannot be deployed: ${count}\n\n${issues.map(printIssue).join("\n")}\n`;
}
