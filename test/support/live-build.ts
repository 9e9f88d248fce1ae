/** Declarations to files that engines load: built as `firebreak build` does it, written to a folder of their own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "../../src/build.ts";
import type { Plan, SloPlan, TierPlan } from "../../src/compile/plan.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { pipelineSeconds } from "../../src/explain/delays.ts";
import { hasErrors, printIssue } from "../../src/issue.ts";

export interface Workspace {
  readonly dir: string;
  remove(): void;
}

/** A temporary folder for the engines of one test. */
export function makeWorkspace(name: string): Workspace {
  const dir = mkdtempSync(join(tmpdir(), `firebreak-live-${name}-`));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

export interface Built {
  readonly plan: Plan;
  /** Text of each artifact, by its path. */
  readonly files: Readonly<Record<string, string>>;
}

/** What Prometheus and Alertmanager load. Declarations with errors are a mistake of the test. */
export function buildFiles(services: readonly ServiceDeclaration[], platform: PlatformDeclaration): Built {
  const { plan, artifacts, issues } = build({
    services,
    platform,
    templates: {},
    targets: ["prometheus", "alertmanager"],
  });
  if (plan === undefined || hasErrors(issues)) throw new Error(issues.map(printIssue).join("\n"));
  return { plan, files: Object.fromEntries(artifacts.map((artifact) => [artifact.path, render(artifact)])) };
}

/** Writes files, and the folders they are in. */
export function writeFiles(dir: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
}

/** An SLO of a plan, by its id. */
export function sloOf(plan: Plan, id: string): SloPlan {
  const slo = plan.services.flatMap((service) => service.slos).find((each) => each.slo.id === id);
  if (slo === undefined) throw new Error(`there is no SLO ${id}`);
  return slo;
}

export function tierOf(slo: SloPlan, name: string): TierPlan {
  const tier = slo.tiers.find((each) => each.name === name);
  if (tier === undefined) throw new Error(`${slo.slo.id} has no tier ${name}`);
  return tier;
}

/** What the way through scrape, settle time and evaluation adds at most to the time that a tier needs. */
export function pipeline(plan: Plan, slo: SloPlan, tier: TierPlan): number {
  return pipelineSeconds(plan, slo, tier);
}
