/** Laws of every runbook: complete, with computed numbers, and safe to render whatever was declared. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { hasTargets } from "../../src/compile/service/targets-down.ts";
import { otherAlerts } from "../../src/emit/runbooks/words/alert-words.ts";
import { runbooks } from "../../src/emit/runbooks.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { parseExpression } from "../../src/promql/grammar/parse.ts";
import { everyKind, HOSTILE, hostileService, planOf, service, slo } from "./grafana/declarations.ts";
import { addressOf, type Pane, paneOf } from "./runbooks/linked-queries.ts";

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

  test("is titled with the id, as alerts name it", () => {
    const id = path.replace(/^runbooks\/|\.md$/g, "");
    expect(page.match(/^# .*$/m)?.[0]).toBe(`# ${id}`);
  });

  test("explains every alert of its SLO", () => {
    const ofService = sloPlan && hasTargets(sloPlan) ? servicePlan?.alerts : [];
    const alerts = [...(ofService ?? []), ...(sloPlan?.alerts ?? [])];
    for (const { alert } of alerts) expect(page).toContain(`\n### ${alert}\n`);
    for (const { labels } of alerts) if (labels.reason) expect(page).toContain(`- **${labels.reason}:** `);
  });

  test("has queries that can be pasted", () => {
    const queries = queriesOf(page);
    expect(queries.length).toBeGreaterThan(4);
    for (const query of queries) expect(parseExpression(query), query).toMatchObject({ ok: true });
  });

  test("has the sections that someone looks for at night", () => {
    const sections = [...withoutCode(page).matchAll(/^## (.*)$/gm)].map(([, title]) => title);
    expect(sections).toEqual(["How urgent", "Now", "More", "Meaning", "Queries"]);
  });

  test("has tables whose rows have as many cells as their heads", () => {
    for (const table of tablesOf(page)) expect(new Set(table.map(cellsOf)).size, table.join("\n")).toBe(1);
  });

  test("says in this order what to look at, what helps, where it is, what changed, whom to ask and how to silence it", () => {
    const leads = [...nowOf(page).matchAll(/^(?:- )?\*\*([^*]+)\*\*/gm)].map(([, lead = ""]) =>
      lead.replace(/\W+$/, ""),
    );
    const always = ["Look", "Mitigate", "Where", "What changed", "Escalate", "Silence"];
    expect(leads.filter((lead) => always.includes(lead))).toEqual(always);
  });

  test("every link within it, and every number of an address, leads somewhere", () => {
    const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) => title.toLowerCase());
    for (const [, anchor = ""] of page.matchAll(/\]\(#([^)]*)\)/g)) expect(anchors).toContain(anchor);
    for (const [, number] of page.matchAll(/\]\[(\d+)\]/g)) expect(page).toContain(`\n[${number}]: https://`);
  });
});

describe("the command that silences", () => {
  test.each([
    ["pages", slo("availability", { groupBy: ["model"] }), "critical"],
    ["tickets, where nothing pages", slo("availability", { groupBy: ["model"], alerting: TICKETS }), "warning"],
  ])("names one group of the SLO, and %s", (_what, declared, severity) => {
    const words = { page: "critical", ticket: "warning", info: "info" };
    const page = pageOf(planOf([service("api", [declared])], { severities: words }), "api/availability");
    expect(/amtool --alertmanager\.url=\S+ silence add[^`]*/.exec(page)?.[0].match(/'[^']*'/g)).toEqual([
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
      "The error budget is 0.1%: 43m12s of full outage, or about 3,000 events over all model values; every model has its own.",
    );
  });

  test("each tier has its threshold, what it spends, and how long the budget lasts", () => {
    expect(page).toContain("| [SloBurnPageFast](#sloburnpagefast) | page | 2d2h | Act now");
    expect(page).toContain("| [SloBurnTicketSlow](#sloburnticketslow) | ticket | 30d | Look at it in working hours. |");
    expect(sectionOf(page, "SloBurnPageFast")).toContain(
      "at a burn of 14.4×: over 1.44% of events were bad in 1h and in 5m, and 2% of the budget is spent by then",
    );
  });

  test("a full outage is found and forgotten in the times of the workbook, and a page is kept until dead targets ring", () => {
    expect(sectionOf(page, "SloBurnPageFast")).toMatch(/fires within 2m2s \(51\.8s plus .* resolves within 11m6s/);
    expect(sectionOf(page, "SloBurnTicketFast")).toMatch(
      /fires within 13m59s \(4m19s plus up to 9m40s .* resolves within 2h9m/,
    );
  });

  test("the objective has a date for its review", () => {
    expect(page).toContain("The objective is due for review by 2027-01-31.");
  });
});

describe("now", () => {
  test.each([
    ["errors", { kind: "events", total: "a_total", bad: "b_total" }, "Service health"],
    ["latency", { kind: "latency", histogram: "latency_seconds", threshold: "1s" }, "Queue depth"],
  ])("%s begin with what helps, then with what the best practices name", (_symptom, sli, first) => {
    const checks = nowOf(pageOf(planOf([service("api", [slo("x", { sli })])]), "api/x"));
    expect(checks).toMatch(new RegExp(`- \\*\\*Mitigate\\.\\*\\* .*\\n- \\*\\*${first}\\.\\*\\*`));
  });

  test("a service with a spend budget names it, in case costs rise too", () => {
    const budgets = [
      { kind: "spend", name: "daily", metric: "cost_total", per: "day", limit: { amount: 5, unit: "dollars" } },
    ];
    const page = pageOf(planOf([service("api", [slo("x")], { budgets })]), "api/x");
    expect(page).toContain("If costs rise too: [daily](daily.md).");
  });

  test("what the SLO depends on comes first, with its runbook and whose it is", () => {
    const upstream = service("db", [slo("up")], { owner: "storage" });
    const services = [upstream, service("api", [slo("x", { dependsOn: ["db/up"] })])];
    expect(nowOf(pageOf(planOf(services), "api/x"))).toMatch(
      /^- \*\*Upstream first\.\*\*.* \[db\/up\]\(\.\.\/db\/up\.md\) \(storage\)/m,
    );
  });
});

describe("the error-budget policy", () => {
  const declared = {
    warnBelow: 0.25,
    exceptions: [{ until: "2027-01-31", why: "the *index* must be out" }],
    says: "Repairs go first.",
  };
  const page = pageOf(planOf([service("api", [slo("x", { policy: declared })])]), "api/x");

  test("stands before how urgent it is, with what was excepted and why", () => {
    expect(page).toContain(
      "Policy: a warning below 25%, and risky changes stop when the budget is spent, except until 2027-01-31 (the \\*index\\* must be out). Repairs go first.\n\n## How urgent",
    );
  });

  test("has a section for each of its alerts, and takes the place of what is general", () => {
    expect(sectionOf(page, "SloPolicyWarn")).toContain("Severity info");
    expect(sectionOf(page, "SloPolicyFreeze")).toContain("risky changes stop");
    expect(page).not.toContain("hold back risky changes");
  });
});

describe("first checks of its own", () => {
  const checks = [{ what: "Jobs that *wait*", how: "Many: add workers.", query: "sum(queue)" }, { what: "Ask web" }];
  const page = pageOf(planOf([service("api", [slo("x", { checks })])]), "api/x");

  test("take the place of the general ones, which move below the fold", () => {
    expect(nowOf(page)).toMatch(
      /^- \*\*\[Jobs that \\\*wait\\\*\]\[\d+\]\.\*\* Many: add workers\.\n- \*\*Ask web\.\*\*$/m,
    );
    expect(nowOf(page)).not.toContain("Service health");
    expect(page).toMatch(/## Further checks\n\n- \*\*Service health\.\*\*/);
  });

  test("open their query", () => {
    const [, number = ""] = /\]\[(\d+)\]\.\*\* Many/.exec(page) ?? [];
    expect(paneOf(addressOf(page, number)).queries[0]?.expr).toBe("sum(queue)");
  });
});

describe("queries", () => {
  const grouped = service("api", [slo("x", { groupBy: ["model"] })]);

  test("open in Explore, on the data source that is declared, and may be changed there", () => {
    const page = pageOf(planOf([grouped], { dataSource: "mimir-eu" }), "api/x");
    const pane = firstPaneOf(page);
    expect(pane).toMatchObject({ datasource: "mimir-eu", range: { to: "now" } });
    expect(pane.queries[0]?.expr).toContain("slo:error_ratio:rate1h");
    expect(firstPaneOf(pageOf(planOf([grouped]), "api/x"))).not.toHaveProperty("datasource");
  });

  test("open in Prometheus too where its address is declared, and there alone without a Grafana", () => {
    const queries = "https://prometheus.example.com/eu/";
    expect(nowOf(pageOf(planOf([grouped], { queries }), "api/x"))).toMatch(
      /\[Burn rate, 1h\]\[1\] \(\[Prometheus\]\[2\]\)/,
    );
    const page = pageOf(planOf([grouped], { queries, dashboards: undefined } as object), "api/x");
    const { origin, pathname, searchParams } = addressOf(page, "1");
    expect(origin + pathname).toBe("https://prometheus.example.com/eu/query");
    expect(parseExpression(searchParams.get("g0.expr") ?? "")).toMatchObject({ ok: true });
    expect(page).not.toContain("explore");
  });

  test("are there to be pasted where no address is known", () => {
    const page = pageOf(planOf([grouped], { dashboards: undefined } as object), "api/x");
    expect(nowOf(page)).toMatch(/\*\*Look:\*\* Burn rate, 1h `slo:error_ratio:rate1h\{[^`]*`/);
    expect(page).not.toMatch(/^\[1\]:/m);
  });
});

describe("alerts", () => {
  test("every reason that an alert on the measurement can have has words", () => {
    const words = plan.services.flatMap(({ alerts, slos }) => slos.flatMap((each) => otherAlerts(each, alerts)));
    const reasons = words.flatMap((each) => each.reasons);
    expect(reasons.length).toBeGreaterThan(5);
    for (const { reason, meaning } of reasons) expect(meaning, reason).not.toBe("The measurement cannot be trusted.");
  });

  test("what is said of targets that are down names the query that shows them", () => {
    const sli = { kind: "events", total: 'r_total{job="api"}', bad: 'e_total{job="api"}' };
    const page = pageOf(planOf([service("api", [slo("x", { sli })])]), "api/x");
    expect(sectionOf(page, "SloTargetsDown")).toContain('Run `up{job="api"} == 0`');
    expect(sectionOf(page, "SloTargetsDown")).toContain("- **all-down:** No target of the job is up.");
  });

  test("of an expression nobody knows the targets, so nobody is notified that they are down", () => {
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

  test("ends no code", () => {
    expect(queriesOf(page).length).toBeGreaterThan(4);
    expect(page).toContain("````");
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

function nowOf(page: string): string {
  return /## Now\n([\s\S]*?)\n## /.exec(page)?.[1] ?? "";
}

/** Those below the fold, which have all. */
function queriesOf(page: string): string[] {
  const below = page.slice(page.indexOf("\n## Queries\n"));
  return [...below.matchAll(/^- .*: (`+) ?(.*?) ?\1$/gm)].map(([, , query = ""]) => query);
}

/** What its first link opens in Explore. */
function firstPaneOf(page: string): Pane {
  return paneOf(addressOf(page, "1"));
}

function sectionOf(page: string, alert: string): string {
  return new RegExp(`### ${alert}\\n([\\s\\S]*?)\\n#`).exec(page)?.[1] ?? "";
}

function withoutCode(page: string): string {
  return page.replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "").replaceAll(/^\[\d+\]: .*$/gm, "");
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
