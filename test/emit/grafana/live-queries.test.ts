/** Every query of every panel on a real Prometheus, in four states, with what each tile shows. */
import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Mapping } from "../../../src/emit/grafana/panels/model.ts";
import { runbooks } from "../../../src/emit/runbooks.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import type { Server } from "../../support/engine-server.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { linkedQueries } from "../runbooks/linked-queries.ts";
import { dashboardsOf, panelsOf } from "./read-dashboards.ts";
import { NOW, plan, startWorld } from "./world.ts";

const dashboards = dashboardsOf(plan);
const pages = runbooks.emit(plan, readTemplates()).map(({ path, value }) => ({ path, text: String(value) }));
/** Of `unknown` no rule was ever evaluated. */
const STATES = ["healthy", "burning", "dead", "unknown"] as const;
type State = (typeof STATES)[number];
const [LARGE, SMALL, NONE] = ['model="large"', 'model="small"', "no data"] as const;
type Values = Readonly<Record<string, string>>;

describeWithEngine(["replay", "prometheus", "promtool"], "dashboards", () => {
  let server: Server;
  beforeAll(async () => {
    server = await startWorld();
  });
  afterAll(async () => {
    await server?.stop();
    if (server) rmSync(server.dir, { recursive: true, force: true });
  });

  describe.each(STATES)("of what is %s", (state) => {
    test.each(dashboards.map(({ title }) => title))("every query of %s is answered", async (title) => {
      for (const { title: of, targets } of panelsOf(dashboard(title)))
        for (const { expr } of targets) expectRows(state, of, await ask(expr, variables(state)));
    });
  });

  test.each<[state: State, group: string, tiles: Values]>([
    ["healthy", LARGE, { State: "quiet", "Budget left": "1", "Burn, last hour": "0", "Budget gone in": "it lasts" }],
    ["burning", LARGE, { State: "page", "Budget left": "0.97", "Burn, last hour": "20", "Budget gone in": "130000" }],
    ["burning", SMALL, { State: "quiet", "Budget left": "1", "Burn, last hour": "0", "Budget gone in": "it lasts" }],
    ["dead", LARGE, { State: "page", "Budget left": "1", "Burn, last hour": "0", "Budget gone in": "it lasts" }],
    ["unknown", "", { State: NONE, "Budget left": NONE, "Burn, last hour": NONE, "Budget gone in": NONE }],
  ])("an SLO that is %s, of the group %s", async (state, group, tiles) => {
    expect(await shown("SLO", Object.keys(tiles), { ...variables(state), group })).toEqual(tiles);
  });

  test.each(["latency", "queue", "both"])("an SLO without groups: %s", async (name) => {
    const tiles = { State: "quiet", "Budget left": "1", "Burn, last hour": "0", Measured: "1" };
    expect(await shown("SLO", Object.keys(tiles), { ...variables("burning"), slo: name, group: "" })).toEqual(tiles);
  });

  test.each([
    [LARGE, "2"],
    [SMALL, "0"],
  ])("a group with an objective of its own burns its own budget: %s", async (group, burn) => {
    const values = { ...variables("burning"), slo: "tiered", group };
    expect(await shown("SLO", ["Burn, last hour"], values)).toEqual({ "Burn, last hour": burn });
  });

  test("a new SLO has missed no evaluation", async () => {
    const tiles = { State: "quiet", Measured: "1" };
    expect(await shown("SLO", Object.keys(tiles), { ...variables("healthy"), slo_service: "young" })).toEqual(tiles);
    expect(await shown("Spend", ["Measured"], { ...variables("healthy"), slo_service: "young" })).toEqual({
      Measured: "1",
    });
  });

  test("the groups to choose from are matchers, the one with least budget first", async () => {
    expect(await groups("burning", "availability")).toEqual([LARGE, SMALL]);
    expect(await groups("burning", "queue")).toEqual([""]);
    expect(await groups("unknown", "availability")).toEqual([]);
  });

  test.each<[state: State, tiles: Values]>([
    ["healthy", overview("1", "0", "0", "0", "0")],
    ["burning", overview("5", "1", "2", "0", "1")],
    ["dead", overview("1", "2", "0", "1", "0")],
    ["unknown", overview(NONE, NONE, NONE, NONE, NONE)],
  ])("the overview of what is %s", async (state, tiles) => {
    expect(await shown("SLO overview", Object.keys(tiles), variables(state))).toEqual(tiles);
  });

  test("of a team that owns nothing the overview knows nothing", async () => {
    const tiles = overview(NONE, NONE, NONE, NONE, NONE);
    const others = { ...variables("burning"), owner: "nobody" };
    expect(await shown("SLO overview", Object.keys(tiles).slice(3), others)).toMatchObject({ "Without data": NONE });
  });

  test("the overview's tables have a row for each, with its state", async () => {
    const everything = { ...variables("burning"), service: ".*" };
    expect(await column("All SLOs, most urgent first", "State", everything)).toEqual({
      "burning/availability": "page",
      "burning/both": "quiet",
      "burning/latency": "quiet",
      "burning/queue": "quiet",
      "burning/tiered": "quiet",
      "dead/availability": "page",
      "healthy/availability": "quiet",
      "young/availability": "quiet",
    });
    expect(await column("Every budget", "State", everything)).toEqual({
      "burning/daily": "ticket",
      "healthy/daily": "quiet",
      // Within the first hour no value has been seen at its full hour.
      "young/daily": "pending",
    });
    expect(await column("Every experiment", "Verdict", everything)).toEqual({ "burning/prompt": "worse" });
  });

  test.each<[state: State, tiles: Values]>([
    ["healthy", spend("120", "880", "120", "0.21", "0.29", "0")],
    ["unknown", spend(NONE, NONE, NONE, NONE, NONE, NONE)],
  ])("spend of what is %s", async (state, tiles) => {
    expect(await shown("Spend", Object.keys(tiles), variables(state))).toEqual(tiles);
  });

  test("every query of every runbook is PromQL that Prometheus answers", async () => {
    const queries = pages.flatMap(({ text }) => [...linkedQueries(text, text).values()]);
    expect(queries.length).toBeGreaterThan(50);
    for (const query of queries) await ask(query, {});
  });

  test.each(["burning/availability", "burning/daily", "burning/prompt"])(
    "no query of the first screen is empty while an alert of %s fires",
    async (id) => {
      const text = pages.find(({ path }) => path === `runbooks/${id}.md`)?.text ?? "";
      const first = linkedQueries(text.slice(0, text.indexOf("\n## More\n")), text);
      expect(first.size).toBeGreaterThan(2);
      for (const [title, query] of first) expect(await ask(query, {}), title).not.toEqual([]);
    },
  );

  async function shown(title: string, tiles: readonly string[], values: Values): Promise<Values> {
    const panels = panelsOf(dashboard(title));
    const all = tiles.map(async (name) => {
      const panel = panels.find((each) => each.title.replace(", $unit", "") === name);
      const [row] = await ask(panel?.targets[0]?.expr ?? "no such panel", values);
      return [name, panel ? words(panel.fieldConfig.defaults.mappings, row?.value) : "no such panel"];
    });
    return Object.fromEntries(await Promise.all(all));
  }

  async function column(title: string, name: string, values: Values): Promise<Values> {
    const found = panelsOf(dashboard("SLO overview")).find((each) => each.title === title);
    const { expr } = found?.targets.find(({ legendFormat }) => legendFormat === name) ?? { expr: "no such column" };
    const mappings = found?.fieldConfig.overrides.find(({ matcher }) => matcher.options === name)?.properties;
    const { value = [] } = mappings?.find(({ id }) => id === "mappings") ?? {};
    const rows = await ask(expr, values);
    return Object.fromEntries(
      rows.map(({ labels: { slo_service, slo, budget, experiment }, value: number }) => [
        `${slo_service}/${slo ?? budget ?? experiment}`,
        words(value as readonly Mapping[], number),
      ]),
    );
  }

  /** What Grafana makes of the answer to the variable's query. */
  async function groups(state: State, name: string): Promise<string[]> {
    const variable = dashboard("SLO").templating.list.find((one) => one.name === "group");
    const [, asked = ""] = /^query_result\((.*)\)$/.exec(variable?.query ?? "") ?? [];
    const [, pattern = ""] = /^\/(.*)\/$/.exec(String(variable?.regex)) ?? [];
    const rows = await ask(asked, { ...variables(state), slo: name });
    return rows.flatMap(({ labels, value }) => {
      const inside = Object.entries(labels).map(([label, text]) => `${label}="${text}"`);
      return new RegExp(pattern).exec(`{${inside.join(",")}} ${value} 1750000000000`)?.slice(1) ?? [];
    });
  }

  async function ask(query: string, values: Values): Promise<Row[]> {
    const filled = interpolate(query, values);
    const response = await fetch(`${server.url}/api/v1/query`, {
      method: "POST",
      body: new URLSearchParams({ query: filled, time: String(NOW) }),
    });
    const answer = (await response.json()) as Answer;
    expect(answer, filled).toMatchObject({ status: "success" });
    return answer.data.result.map(({ metric, value: [, value] }) => ({ labels: metric, value: Number(value) }));
  }
});

interface Row {
  readonly labels: Values;
  readonly value: number;
}

interface Answer {
  readonly data: { readonly result: readonly { readonly metric: Values; readonly value: readonly [number, string] }[] };
}

function dashboard(title: string) {
  const found = dashboards.find((each) => each.title === title);
  if (!found) throw new Error(`no dashboard ${title}`);
  return found;
}

function variables(state: State): Values {
  const chosen = { slo: "availability", group: 'model="large"', budget: "daily", experiment: "prompt" };
  return { ...chosen, slo_service: state, service: state, owner: ".*" };
}

/** As Grafana fills a query in; what is no variable of the dashboard stays. */
function interpolate(query: string, values: Values): string {
  return query.replaceAll(/\$(?:\{(\w+):raw\}|(\w+))/g, (all, raw, name) => values[raw ?? name] ?? all);
}

/** What a tile shows: the words that its value is mapped to, else two digits of it. */
function words(mappings: readonly Mapping[] = [], value?: number): string {
  if (value === undefined) return mappings.find(({ type }) => type === "special")?.options.result.text ?? "nothing";
  const mapped = mappings.flatMap(({ type, options }) => (type === "value" ? [options[String(value)]] : []));
  return mapped.find((found) => found !== undefined)?.text ?? String(Number(value.toPrecision(2)));
}

/** Without rules there is nothing, not even a zero; of what burns everything has data. */
function expectRows(state: State, title: string, rows: readonly Row[]): void {
  if (state === "unknown") expect(rows, title).toEqual([]);
  if (state === "burning") expect(rows, title).not.toEqual([]);
}

function overview(slos: string, pages: string, tickets: string, blind: string, burning: string): Values {
  return {
    SLOs: slos,
    "Pages firing": pages,
    "Tickets firing": tickets,
    "Without data": blind,
    "Burning too fast": burning,
    "Budgets spent": slos === NONE ? NONE : "0",
  };
}

function spend(...[spent, left, before, used, passed, unattributed]: readonly string[]): Values {
  return {
    Spent: spent,
    Left: left,
    "A period ago": before,
    "Highest share of a limit": used,
    "Period elapsed": passed,
    Unattributed: unattributed,
  } as Values;
}
