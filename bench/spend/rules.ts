/** The rules of a scenario's budgets as `build()` makes them, and beside them what is usually written by hand. */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { definePlatform, defineService, spend, usd } from "firebreak";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { hasErrors, printIssue } from "../../src/issue.ts";
import type { SpendScenario } from "./scenario.ts";

const METRIC = "ai_inference_cost_dollars_total";

/** Rule files of a budget per day and one per period, by model. */
export function budgetRules(folder: string, { offset, period, platform }: SpendScenario): string[] {
  const periods = period === undefined ? (["day"] as const) : (["day", period] as const);
  const budgets = periods.map((per) =>
    spend({ name: per, metric: METRIC, per, offset, by: ["model"], limit: usd(per === "day" ? 500 : 10_000) }),
  );
  const service = defineService({
    name: "gateway",
    owner: "ml-platform",
    runbooks: "https://runbooks.example.com/gateway",
    budgets,
  });
  const { artifacts, issues } = build({
    services: [service],
    platform: definePlatform({ scrapeInterval: "30s", evaluationInterval: "30s", ...platform }),
    templates: readTemplates(),
    targets: ["prometheus"],
  });
  if (hasErrors(issues)) throw new Error(issues.map((issue) => printIssue(issue)).join("\n"));
  mkdirSync(folder, { recursive: true });
  return artifacts
    .filter(({ path }) => path.endsWith(".rules.yaml"))
    .map((artifact) => {
      const file = join(folder, basename(artifact.path));
      writeFileSync(file, render(artifact));
      return file;
    });
}

/** `increase` over each day that ends, as dashboards show it. */
export function handmadeRules(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "handmade.rules.yaml");
  const rule = (name: string, expr: string): string => `      - {record: "${name}", expr: "${expr}"}\n`;
  writeFileSync(
    file,
    `groups:\n  - name: handmade\n    interval: 30m\n    rules:\n${rule("handmade:increase1d", `sum(increase(${METRIC}[1d]))`)}`,
  );
  return [file];
}
