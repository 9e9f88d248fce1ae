/** Our own rules for an SLO, as `build()` makes them from a declaration: nothing here knows their form. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { definePlatform, defineService, events } from "firebreak";
import { build } from "../../src/build.ts";
import type { SloPlan } from "../../src/compile/plan.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { hasErrors, printIssue } from "../../src/issue.ts";
import { type BenchSlo, SERVICE, TOTAL } from "./slo.ts";

export const SETTLE_MS = 10_000;

export interface Compiled {
  /** Rule files. */
  readonly files: readonly string[];
  readonly slos: readonly SloPlan[];
}

/** @throws {Error} where the declaration does not compile. */
export function compileSlos(folder: string, slos: readonly BenchSlo[]): Compiled {
  const { plan, artifacts, issues } = build({
    services: [declare(slos)],
    platform: definePlatform({
      scrapeInterval: "30s",
      evaluationInterval: "30s",
      settle: `${SETTLE_MS / 1000}s`,
      retention: "60d",
    }),
    templates: readTemplates(),
    targets: ["prometheus"],
  });
  if (hasErrors(issues) || plan === undefined) throw new Error(issues.map((issue) => printIssue(issue)).join("\n"));
  mkdirSync(folder, { recursive: true });
  const rules = artifacts.filter(({ path }) => path.endsWith(".rules.yaml"));
  const files = rules.map((artifact) => {
    const file = join(folder, basename(artifact.path));
    writeFileSync(file, render(artifact));
    return file;
  });
  return { files, slos: plan.services.flatMap((service) => service.slos) };
}

function declare(slos: readonly BenchSlo[]): ReturnType<typeof defineService> {
  return defineService({
    name: SERVICE,
    owner: slos[0]?.owner ?? "shop-team",
    runbooks: "https://runbooks.example.com/shop",
    slos: slos.map(({ name, bad, objective, groupBy }) => ({
      name,
      objective,
      window: "30d",
      ...(groupBy ? { groupBy: [...groupBy] } : {}),
      sli: events({ total: TOTAL, bad }),
    })),
  });
}
