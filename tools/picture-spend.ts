/**
 * `node tools/picture-spend.ts`: the pictures of the spend and experiment dashboards for docs.
 * Days of spending are simulated, the generated rules run over them in Prometheus's own rule engine, and the dashboards'
 * own queries are asked of a real Prometheus that holds the outcome. Grafana itself takes no part, and the caption says so.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { inference } from "../slos/inference.ts";
import { platform } from "../slos/platform.ts";
import { compile } from "../src/compile/compile.ts";
import type { Plan } from "../src/compile/plan.ts";
import { render } from "../src/emit/artifact.ts";
import type { Dashboard } from "../src/emit/grafana/model.ts";
import { grafana } from "../src/emit/grafana.ts";
import { prometheus } from "../src/emit/prometheus.ts";
import { parse } from "../src/model/parse.ts";
import { page } from "./picture/page.ts";
import { photograph } from "./picture/photograph.ts";
import { stopWithMonth } from "./picture/prometheus.ts";
import { startReplayed } from "./picture/replayed.ts";
import { END, EVERY, START, spending } from "./picture/spending.ts";

const CAPTION =
  "Drawn by tools/picture-spend.ts from the generated dashboard's own queries and layout, answered by a real Prometheus: days are simulated, the generated rules were evaluated over them. Not a screenshot of Grafana.";

const PICTURES = [
  ["spend", "inference-gateway/daily-spend", "docs/spend.png"],
  ["experiments", "inference-gateway/prompt-v2", "docs/experiments.png"],
] as const;

const plan = planOf();
const server = await startReplayed({
  history: spending(),
  from: START,
  to: END,
  rules: (folder) => writeRules(plan, folder),
  wanted: ['{__name__=~"(budget|experiment):.*|ALERTS"}'],
});
try {
  const source = { url: server.url, range: { from: END - 2.5 * 86_400, to: END, step: 600 } };
  for (const [name, section, file] of PICTURES) {
    await photograph(await page(dashboardOf(plan, name), section, source, CAPTION), file);
    console.log(file);
  }
} finally {
  await stopWithMonth(server);
}

/** One budget and one experiment: a picture has to fit on a page. */
function planOf(): Plan {
  const budgets = inference.budgets?.filter(({ name }) => name === "daily-spend") ?? [];
  const experiments = inference.experiments?.map((each) => ({ ...each, slis: each.slis.slice(0, 1) })) ?? [];
  const service = { ...inference, slos: [], budgets, experiments };
  const every = `${EVERY}s` as const;
  const parsed = parse({
    services: [service],
    platform: { ...platform, scrapeInterval: every, evaluationInterval: every },
  });
  return compile(parsed.services, parsed.platform).plan;
}

function writeRules(of: Plan, folder: string): string[] {
  mkdirSync(join(folder, "rules"));
  return prometheus.emit(of, {}).map((artifact) => {
    const file = join(folder, "rules", basename(artifact.path));
    writeFileSync(file, render(artifact));
    return file;
  });
}

function dashboardOf(of: Plan, name: string): Dashboard {
  const found = grafana.emit(of, {}).find(({ path }) => path === `grafana/${name}.json`);
  return found?.value as Dashboard;
}
