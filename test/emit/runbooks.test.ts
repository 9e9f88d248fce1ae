/** Laws of every runbook: complete, with computed numbers, and safe to render whatever was declared. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { hasTargets } from "../../src/compile/service/targets-down.ts";
import { reasonsOf } from "../../src/emit/runbooks/broken-reasons.ts";
import { runbooks } from "../../src/emit/runbooks.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { parseExpression } from "../../src/promql/parse.ts";
import { everyKind, HOSTILE, hostileService, planOf, service, slo } from "./grafana/declarations.ts";

const TICKETS = { tiers: [{ name: "ticket", severity: "ticket", long: "3d", short: "6h", burn: 1 }] } as const;
const templates = readTemplates();
const plan = planOf([...everyKind(), hostileService()]);

describe.each(pagesOf(plan))("%s", (path, page) => {
  const servicePlan = plan.services.find(({ slos }) => slos.some(({ slo: { id } }) => path === `runbooks/${id}.md`));
  const sloPlan = plan.services.flatMap(({ slos }) => slos).find(({ slo: { id } }) => path === `runbooks/${id}.md`);

  test("leaves no place empty", () => {
    expect(page).not.toMatch(/undefined|NaN|Infinity|\[object|null|\{\{(?!owner)/);
    expect(page).not.toMatch(/\n\n\n|[ \t]\n|: *\n\n\n/);
  });

  test("explains every alert of its SLO", () => {
    const ofService = sloPlan && hasTargets(sloPlan) ? servicePlan?.alerts : [];
    const alerts = [...(ofService ?? []), ...(sloPlan?.alerts ?? [])];
    for (const { alert } of alerts) expect(page).toContain(alert);
    for (const { reason } of reasonsOf(alerts)) expect(page).toContain(`| ${reason} |`);
  });

  test("has queries that can be pasted", () => {
    const queries = [...page.matchAll(/^(`{3,})promql\n([\s\S]*?)\n\1$/gm)].map(([, , query = ""]) => query);
    expect(queries.length).toBeGreaterThan(8);
    for (const query of queries) expect(parseExpression(query), query).toMatchObject({ ok: true });
  });

  test("has the sections that someone looks for at night", () => {
    const sections = [...withoutCode(page).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(sections).toEqual(["First checks", "Meaning", "Impact", "Alerts", "Queries", "Silence", "Ownership"]);
  });

  test("has tables whose rows have as many cells as their heads", () => {
    for (const table of tablesOf(page)) expect(new Set(table.map(cellsOf)).size, table.join("\n")).toBe(1);
  });

  test("says what to check first", () => {
    expect(page).toMatch(/## First checks\n\n1\. \*\*/);
  });
});

describe("the command that silences", () => {
  test.each([
    ["pages", slo("availability", { groupBy: ["model"] }), "critical"],
    ["tickets, where nothing pages", slo("availability", { groupBy: ["model"], alerting: TICKETS }), "warning"],
  ])("names one group of the SLO, and %s", (_what, declared, severity) => {
    const words = { page: "critical", ticket: "warning", info: "info" };
    const page = pageOf(planOf([service("api", [declared])], { severities: words }), "api/availability");
    expect(/amtool silence add[^`]*/.exec(page)?.[0].match(/'[^']*'/g)).toEqual([
      `'slo_service="api"'`,
      `'slo="availability"'`,
      `'model="…"'`,
      `'severity="${severity}"'`,
    ]);
  });
});

describe("numbers", () => {
  const page = pageOf(
    planOf([
      service("api", [slo("availability", { eventsPerDay: 100_000, groupBy: ["model"], reviewBy: "2027-01-31" })]),
    ]),
    "api/availability",
  );

  test("the budget is time of full outage, and events", () => {
    expect(page).toContain(
      "| Error budget | 0.1%: 43m12s of full outage, or about 3,000 events over all model values; every model has its own |",
    );
  });

  test("each tier has its threshold, what it spends, and how long the budget lasts", () => {
    expect(page).toContain("| SloBurnPageFast | page | 14.4× | 1.44% | 1h and 5m | 2% | 2d2h |");
    expect(page).toContain("| SloBurnTicketSlow | ticket | 1× | 0.1% | 3d and 6h | 10% | 30d |");
  });

  test("a full outage is found and forgotten in the times of the workbook, and a page is kept until dead targets ring", () => {
    expect(page).toMatch(/\| SloBurnPageFast \| 51\.8s \| \w+ \| 9m56s \|/);
    expect(page).toContain("| SloBurnTicketFast | 4m19s | 9m40s | 2h |");
  });

  test("the objective is to be looked at again", () => {
    expect(page).toContain("| Review the objective by | 2027-01-31 |");
  });
});

describe("first checks", () => {
  test.each([
    ["errors", { kind: "events", total: "a_total", bad: "b_total" }, ["Service health", "Recent deployments"]],
    [
      "latency",
      { kind: "latency", histogram: "latency_seconds", threshold: "1s" },
      ["Queue depth", "Resource utilisation"],
    ],
  ])("%s begin with what the best practices name", (_symptom, sli, [first = "", second = ""]) => {
    const checks = firstChecksOf(pageOf(planOf([service("api", [slo("x", { sli })])]), "api/x"));
    expect(checks).toContain(`**${first}.**`);
    expect(checks).toContain(`**${second}.**`);
    expect(checks).toMatch(new RegExp(`1\\. \\*\\*${first}`));
  });

  test("a service with a spend budget is checked for usage and abuse too", () => {
    const budgets = [
      { kind: "spend", name: "daily", metric: "cost_total", per: "day", limit: { amount: 5, unit: "dollars" } },
    ];
    const checks = firstChecksOf(pageOf(planOf([service("api", [slo("x")], { budgets })]), "api/x"));
    expect(checks).toMatch(/\*\*Usage\.\*\*[\s\S]*\*\*Abuse\.\*\*/);
  });

  test("what the SLO depends on comes first, with its runbook", () => {
    const services = [service("db", [slo("up")]), service("api", [slo("x", { dependsOn: ["db/up"] })])];
    expect(firstChecksOf(pageOf(planOf(services), "api/x"))).toContain("[db/up](../db/up.md)");
  });
});

describe("alerts", () => {
  test("every reason that an alert on the measurement can have has words", () => {
    const reasons = reasonsOf(
      plan.services.flatMap(({ alerts, slos }) => [...alerts, ...slos.flatMap((each) => each.alerts)]),
    );
    expect(reasons.length).toBeGreaterThan(5);
    for (const { reason, meaning } of reasons) expect(meaning, reason).not.toBe("The measurement cannot be trusted.");
  });

  test("what is said of targets that are down names the query that shows them", () => {
    const sli = { kind: "events", total: 'r_total{job="api"}', bad: 'e_total{job="api"}' };
    const page = pageOf(planOf([service("api", [slo("x", { sli })])]), "api/x");
    expect(sectionOf(page, "SloTargetsDown")).toContain('Run `up{job="api"} == 0`');
    expect(sectionOf(page, "SloTargetsDown")).toContain("went down within the hour (`some-down`)");
    expect(sectionOf(page, "SloTargetsDown")).toContain("| all-down | No target of the job is up. |");
  });

  test("of an expression nobody knows the targets, so nobody is told that they are down", () => {
    const rate = { promql: "sum(rate(r_total[$window]))", meaning: "requests" };
    const page = pageOf(
      planOf([service("api", [slo("x", { sli: { kind: "events", total: rate, bad: rate } })])]),
      "api/x",
    );
    expect(page).toContain("### SloNoData");
    expect(page).not.toContain("SloTargetsDown");
  });

  test("an SLO that does not alert says so", () => {
    const page = pageOf(planOf([service("api", [slo("x", { alerting: { enabled: false } })])]), "api/x");
    expect(page).toContain("Burn rates do not alert for this SLO");
    expect(page).not.toContain("tier=");
  });

  test("a tier that was retuned says how", () => {
    const page = pageOf(planOf([service("api", [slo("x", { objective: 90 })])]), "api/x");
    expect(page).toMatch(/was retuned: .*can never be reached/);
  });
});

describe("declared text", () => {
  const page = pageOf(planOf([hostileService()]), "checkout/availability");
  const prose = withoutCode(page);

  test("adds no heading, no HTML and no link", () => {
    expect(prose).not.toMatch(/^#+ Owned/m);
    expect(prose).not.toMatch(/<script/);
    expect(prose).not.toMatch(/(?<!\\)\]\(javascript/);
  });

  test("is read as it was written", () => {
    expect(unescaped(prose)).toContain(HOSTILE.replaceAll(/[\n\r\u2028]+/g, " "));
  });

  test("is no Handlebars", () => {
    expect(prose).toContain("\\{\\{owner\\}\\}");
  });

  test("ends no block of code", () => {
    expect([...page.matchAll(/^(`{3,})promql$/gm)].length).toBeGreaterThan(8);
    expect(page).toContain("````promql\n");
    expect(prose).not.toMatch(/(?<!`)sum by/);
  });
});

test("a missing template is named", () => {
  expect(() => runbooks.emit(planOf([service("api", [slo("x")])]), {})).toThrow("templates/runbook.md.hbs");
});

function pagesOf(of: Plan): [string, string][] {
  return runbooks.emit(of, templates).map(({ path, value }) => [path, String(value)]);
}

function pageOf(of: Plan, id: string): string {
  return pagesOf(of).find(([path]) => path === `runbooks/${id}.md`)?.[1] ?? "";
}

function firstChecksOf(page: string): string {
  return /## First checks\n([\s\S]*?)\n## /.exec(page)?.[1] ?? "";
}

function sectionOf(page: string, alert: string): string {
  return new RegExp(`### ${alert}\\n([\\s\\S]*?)\\n#`).exec(page)?.[1] ?? "";
}

function withoutCode(page: string): string {
  return page.replaceAll(/^(`{3,})\w*\n[\s\S]*?\n\1$/gm, "");
}

/** Runs of lines that begin with `|`. */
function tablesOf(page: string): string[][] {
  return withoutCode(page)
    .split("\n\n")
    .map((block) => block.split("\n").filter((line) => line.startsWith("|")))
    .filter((lines) => lines.length > 0);
}

/** GitHub's rule: a `|` ends a cell unless a backslash stands before it. */
function cellsOf(row: string): number {
  return row.replaceAll(/\\./g, "").split("|").length;
}

function unescaped(markdown: string): string {
  return markdown
    .replaceAll(/\\([\\`*_{}[\]|~$])/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
