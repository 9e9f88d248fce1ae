/** Every query of every dashboard and runbook, answered by a real Prometheus. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Panel } from "../../../src/emit/grafana/model.ts";
import { runbooks } from "../../../src/emit/runbooks.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import type { Server } from "../../support/engine-server.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { planOf, service, slo } from "./declarations.ts";
import { dashboardsOf, panelsOf } from "./read-dashboards.ts";
import { type Labels, NOW, startWithHistory } from "./recorded-history.ts";

const plan = planOf([
  service("api", [
    slo("availability", { groupBy: ["model"] }),
    slo("latency", { objective: 95, sli: { kind: "latency", histogram: "latency_seconds", threshold: "1s" } }),
    slo("queue", { objective: 99, window: "7d", sli: { kind: "gauge", metric: "queue", op: "<=", threshold: 10 } }),
  ]),
]);
const slos = plan.services.flatMap((one) => one.slos);
const models: readonly Labels[] = [{ model: "large" }, { model: "small" }];
const paging = {
  alertname: "SloBurnPageFast",
  alertstate: "firing",
  severity: "page",
  slo_service: "api",
  slo: "availability",
  model: "large",
  tier: "page-fast",
};

describeWithEngine(["prometheus", "promtool"], "a real Prometheus", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startWithHistory(slos, ({ groupLabels }) => (groupLabels.length === 0 ? [{}] : models), [
      { metric: "ALERTS", labels: paging, value: 1 },
    ]);
  });
  afterAll(async () => {
    await server.stop();
    rmSync(server.dir, { recursive: true, force: true });
  });

  test.each(dashboardsOf(plan).map((dashboard) => [dashboard.title, dashboard] as const))(
    "answers every query of %s",
    async (_title, dashboard) => {
      for (const { title, targets = [] } of panelsOf(dashboard)) {
        for (const { expr } of targets) expect(await ask(expr), `${title}: ${expr}`).not.toEqual([]);
      }
    },
  );

  test("answers every recorded query of every runbook", async () => {
    for (const { value } of runbooks.emit(plan, readTemplates())) {
      for (const [, query = ""] of String(value).matchAll(/```promql\n([\s\S]*?)\n```/g)) await ask(query);
    }
  });

  test("the table has a row per group, with what each has left", async () => {
    const [state, objective, sli, budget, burn] = await Promise.all(
      (panel("SLOs: api", "Every objective").targets ?? []).map(({ expr }) => ask(expr)),
    );
    expect(byModel(state)).toEqual({ large: 4, small: 0 });
    expect(byModel(objective)).toEqual({ large: 0.999, small: 0.999 });
    expect(byModel(sli)).toEqual({ large: 0.99925, small: 0.9999 });
    expect(byModel(budget)).toEqual({ large: 0.25, small: 0.9 });
    expect(byModel(burn)).toEqual({ large: 20, small: 0.5 });
    expect(state).toHaveLength(4);
  });

  test("the worst group speaks for the SLO", async () => {
    expect(await shownBy("State")).toBe(4);
    expect(await shownBy("SLI over 30d")).toBe(0.99925);
    expect(await shownBy("Burn over 1h")).toBe(20);
    expect(await shownBy("Budget gone in")).toBe((0.25 * 30 * 86_400) / 20);
  });

  test("a chosen group speaks for itself, and alerts of no group stay", async () => {
    expect(await shownBy("State", "small")).toBe(0);
    expect(await shownBy("Burn over 1h", "small")).toBe(0.5);
    expect(await ask(queryOf("Budget gone in"), "small")).toEqual([]);
  });

  test("the overview counts what burns, and knows each service's dashboard", async () => {
    expect((await ask(queryOf("Burning too fast", "SLOs: overview")))[0]?.value).toBe(3);
    expect((await ask(queryOf("Pages firing", "SLOs: overview")))[0]?.value).toBe(1);
    const rows = await ask(queryOf("Every objective", "SLOs: overview"));
    expect(rows.map(({ labels }) => labels.dashboard)).toEqual(rows.map(() => "firebreak-api"));
  });

  async function shownBy(title: string, model?: string): Promise<number | undefined> {
    return (await ask(queryOf(title), model))[0]?.value;
  }

  async function ask(query: string, model = ".*"): Promise<Row[]> {
    const filled = query.replaceAll("$model", model).replaceAll("$service", ".*");
    const response = await fetch(`${server.url}/api/v1/query`, {
      method: "POST",
      body: new URLSearchParams({ query: filled, time: String(NOW) }),
    });
    const answer = (await response.json()) as Answer;
    expect(answer, filled).toMatchObject({ status: "success" });
    return answer.data.result.map(({ metric, value: [, value] }) => ({
      labels: metric,
      value: Number(Number(value).toPrecision(9)),
    }));
  }
});

interface Row {
  readonly labels: Labels;
  readonly value: number;
}

interface Answer {
  readonly status: string;
  readonly data: { readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[] };
}

/** The first panel whose title begins so. */
function panel(dashboard: string, title: string): Panel {
  const found = dashboardsOf(plan)
    .filter((one) => one.title === dashboard)
    .flatMap(panelsOf)
    .find((one) => one.title.startsWith(title));
  if (!found) throw new Error(`no panel ${title}`);
  return found;
}

function queryOf(title: string, dashboard = "SLOs: api"): string {
  return panel(dashboard, title).targets?.[0]?.expr ?? "";
}

function byModel(rows: readonly Row[] = []): Record<string, number> {
  return Object.fromEntries(rows.flatMap(({ labels, value }) => (labels.model ? [[labels.model, value]] : [])));
}
