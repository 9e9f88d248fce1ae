/** The plan: what every rule carries, how many there are, and that order means nothing. */
import { describe, expect, test } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import type { AlertingRule, Plan, Rule } from "../../src/compile/plan.ts";
import type { PlatformDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { parse } from "../../src/parse/parse.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { print } from "../../src/promql/print.ts";
import { selectorsIn } from "../../src/promql/selectors.ts";
import { kinds } from "../../src/sli/index.ts";

/** Composites read other SLOs: their own tests tell. */
const examples = Object.values(kinds)
  .flatMap(({ examples }) => examples as SloDeclaration["sli"][])
  .filter(({ kind }) => kind !== "composite");

/** One SLO for each example of each kind, half of them grouped. */
const everything: SloDeclaration[] = examples.map((sli, index) => ({
  name: `slo-${index}`,
  objective: 99.9,
  sli,
  groupBy: index % 2 ? ["model"] : [],
}));

function planOf(slos: readonly object[], platform: PlatformDeclaration = {}, service: object = {}): Plan {
  const parsed = parse({ services: [{ name: "svc", owner: "team", slos, ...service }], platform });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

function rulesOf(plan: Plan): Rule[] {
  return plan.services.flatMap(({ slos }) => slos.flatMap(({ groups }) => groups.flatMap(({ rules }) => rules)));
}

function alertsOf(plan: Plan): AlertingRule[] {
  return rulesOf(plan).filter((rule) => rule.type === "alert");
}

const slo = everything[0] as SloDeclaration;

describe("an SLO", () => {
  test("takes at most 20 rules per group by default", () => {
    const sizes =
      planOf(everything).services[0]?.slos.flatMap(({ groups }) => groups.map(({ rules }) => rules.length)) ?? [];
    expect(Math.max(...sizes)).toBeLessThanOrEqual(20);
  });

  test.each([
    [["30d", "7d", { calendar: "month" }]],
    [["30d", "7d", { calendar: "quarter" }, { calendar: "year" }]],
    [["1h", "2h", "3h", "5h"]],
    [["day", "week", "month", "year"].map((calendar) => ({ calendar }))],
  ])("takes no more with the windows %j", (window) => {
    const groups = planOf([{ ...slo, window }]).services[0]?.slos[0]?.groups ?? [];
    expect(Math.max(...groups.map(({ rules }) => rules.length))).toBeLessThanOrEqual(20);
    const left = rulesOf(planOf([{ ...slo, window }])).filter(
      (rule) => rule.type === "record" && rule.record.startsWith("slo:error_budget_remaining_ratio"),
    );
    expect(left).toHaveLength(window.length);
  });

  test.each([[["30d", "6h"]], [["30d", "1h", "3d"]], [[{ calendar: "month" }, "90d", "6h"]]])(
    "records each window once where a period of %j is as long as one of a tier",
    (window) => {
      const records = rulesOf(planOf([{ ...slo, window }])).flatMap((rule) =>
        rule.type === "record" && rule.record.startsWith("slo:error_ratio") ? [rule.record] : [],
      );
      expect(records).toEqual([...new Set(records)]);
      expect(records).toContain(
        `slo:error_ratio:rate${window.find((each) => typeof each === "string" && each !== "30d")}`,
      );
    },
  );

  test("keeps the period of the calendar away from every alert that burns and every window", () => {
    const texts = (window: unknown) =>
      rulesOf(planOf([{ ...slo, window }])).map((rule) =>
        rule.type === "record" ? `${rule.record} = ${print(rule.expr)}` : `${rule.alert}: ${print(rule.expr)}`,
      );
    const dated = texts(["30d", { calendar: "month" }, { calendar: "day" }]);
    const judged = /^(SloBurn|slo:error_ratio:rate|slo:(bad|total):increase)/;
    const rolling = texts("30d").filter((text) => judged.test(text));
    expect(rolling.length).toBeGreaterThan(12);
    expect(dated).toEqual(expect.arrayContaining(rolling));
  });

  test("has one tile of each count, whatever its windows are", () => {
    const tiles = (window: unknown) =>
      rulesOf(planOf([{ ...slo, window }])).flatMap((rule) =>
        rule.type === "record" && rule.record.endsWith(":increase4m") ? [rule.record] : [],
      );
    for (const window of ["30d", ["30d", { calendar: "month" }, { calendar: "week" }], ["30d", "7d"]])
      expect(tiles(window)).toEqual(["slo:total:increase4m", "slo:bad:increase4m"]);
  });

  test("adds nothing to another's rules", () => {
    const alone = planOf([slo]).services[0]?.slos[0];
    const among = planOf(everything).services[0]?.slos.find(({ slo: { name } }) => name === slo.name);
    expect(JSON.stringify(among?.groups)).toBe(JSON.stringify(alone?.groups));
  });

  test("has the groups that promtool and the ruler need: one name each, total before bad", () => {
    const groups = planOf(everything).services[0]?.slos.flatMap((one) => one.groups) ?? [];
    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    for (const { rules } of groups) {
      const names = rules.map((rule) => (rule.type === "record" ? rule.record : rule.alert));
      if (names.includes("slo:bad:increase"))
        expect(names.indexOf("slo:total:increase")).toBeLessThan(names.indexOf("slo:bad:increase"));
    }
  });

  test("records every series that another rule reads, in the same group or before", () => {
    for (const { groups } of planOf(everything).services[0]?.slos ?? []) {
      const written = new Set(
        groups.flatMap(({ rules }) => rules.flatMap((rule) => (rule.type === "record" ? [rule.record] : []))),
      );
      const read = groups
        .flatMap(({ rules }) => rules.flatMap(({ expr }) => metricsIn(expr)))
        .filter((name) => name.startsWith("slo:"));
      expect(read.filter((name) => !written.has(name))).toEqual([]);
    }
  });

  test("reads only what itself has recorded", () => {
    for (const {
      groups,
      slo: { name },
    } of planOf(everything).services[0]?.slos ?? []) {
      const matchers = groups
        .flatMap(({ rules }) => rules.flatMap(({ expr }) => selectorsIn(expr)))
        .filter(({ metric }) => metric.startsWith("slo:") || metric === "ALERTS");
      for (const selector of matchers)
        expect(selector.matchers).toEqual(
          expect.arrayContaining([
            { label: "slo_service", op: "=", value: "svc" },
            { label: "slo", op: "=", value: name },
          ]),
        );
    }
  });
});

function metricsIn(expr: Expr): string[] {
  return selectorsIn(expr).map(({ metric }) => metric);
}

describe("labels", () => {
  const hostile = {
    ...slo,
    groupBy: ["model", "team", "region"],
    labels: { env: "prod" },
    alerting: { labels: { pager: "x" }, overrides: { "page-fast": { labels: { extra: "y" } } } },
  };

  test("every rule writes slo_service and slo itself", () => {
    for (const rule of rulesOf(planOf([...everything, { ...hostile, name: "hostile" }])))
      expect(rule.labels).toMatchObject({ slo_service: "svc", slo: expect.stringMatching(/^(slo-\d+|hostile)$/) });
  });

  test("no rule that gives groups has a label of its own with a group label's name", () => {
    const plan = planOf([hostile], { identity: ["cluster"] });
    const { groupLabels = [] } = plan.services[0]?.slos[0] ?? {};
    expect(groupLabels).toEqual(["cluster", "model", "region", "team"]);
    const grouped = rulesOf(plan).filter((rule) => rule.type === "alert" || !/^vector\(/.test(print(rule.expr)));
    for (const { labels } of grouped)
      expect(Object.keys(labels).filter((label) => groupLabels.includes(label))).toEqual([]);
  });

  test("what a user may edit is in no recorded series but slo:info", () => {
    const edited = {
      ...hostile,
      objective: 99.5,
      labels: { env: "dev", new: "1" },
      annotations: { a: "b" },
      description: "d",
      reviewBy: "2027-01-31",
      generation: 2,
      alerting: {},
    };
    const identity = (plan: Plan) =>
      rulesOf(plan).flatMap((rule) =>
        rule.type === "record" && rule.record !== "slo:info" ? [[rule.record, rule.labels]] : [],
      );
    expect(identity(planOf([edited], {}, { owner: "others", labels: { tier2: "x" } }))).toEqual(
      identity(planOf([hostile])),
    );
    for (const [, labels] of identity(planOf([hostile])) as [string, object][])
      expect(Object.keys(labels).filter((label) => label !== "part")).toEqual(["slo_service", "slo"]);
  });

  test("slo:info tells them all, with a hash of the SLI that changes with it", () => {
    const info = (change: object) =>
      rulesOf(planOf([{ ...hostile, ...change }])).find((rule) => rule.type === "record" && rule.record === "slo:info")
        ?.labels;
    expect(info({ reviewBy: "2027-01-31" })).toMatchObject({
      env: "prod",
      objective: "99.9",
      window: "30d",
      owner: "team",
      sli: "events",
      review_by: "2027-01-31",
    });
    expect(info({ objective: 99.5 })?.sli_hash).toBe(info({})?.sli_hash);
    expect(info({ generation: 2 })?.sli_hash).not.toBe(info({})?.sli_hash);
    expect(info({ sli: { kind: "events", total: "x_total", bad: "y_total" } })?.sli_hash).not.toBe(info({})?.sli_hash);
  });

  test("alerts carry what people and routes need", () => {
    const group = ["model", "region", "team"].map((label) => `${label}=%22{{ urlquery $labels.${label} }}%22`).join();
    const [page] = alertsOf(
      planOf([hostile], { dashboards: "https://g.example.com/", runbooks: "https://r.example.com" }),
    );
    expect(page).toMatchObject({
      alert: "SloBurnPageFast",
      labels: {
        slo_service: "svc",
        slo: "slo-0",
        tier: "page-fast",
        severity: "page",
        owner: "team",
        long: "1h",
        short: "5m",
        env: "prod",
        pager: "x",
        extra: "y",
      },
      annotations: {
        runbook_url: "https://r.example.com/svc/slo-0#sloburnpagefast",
        dashboard_url: {
          template: `https://g.example.com/d/firebreak-slo?var-slo_service=svc&var-slo=slo-0&var-group=${group}&from=now-2h&to=now`,
        },
        summary: expect.anything(),
        description: expect.anything(),
      },
    });
  });

  test("severities are emitted in the platform's words", () => {
    const words = (platform: PlatformDeclaration) =>
      [...new Set(alertsOf(planOf([slo], platform)).map(({ labels }) => labels.severity))].sort();
    // `none` notifies nobody: it holds others back.
    expect(words({})).toEqual(["none", "page", "ticket"]);
    expect(words({ severities: "kube-prometheus" })).toEqual(["critical", "none", "warning"]);
  });

  test("no alert name is shared by two severities, across all services", () => {
    const tier = (name: string, severity: string) => ({ name, severity, long: "1h", short: "5m", burn: 1 });
    const changed = [
      {
        ...slo,
        name: "a",
        alerting: { tiers: [tier("fast", "page"), tier("page-fast", "ticket"), tier("x-1", "page")] },
      },
      {
        ...slo,
        name: "b",
        alerting: {
          tiers: [
            tier("fast", "ticket"),
            tier("page-fast", "page"),
            tier("x1", "ticket"),
            tier("page-fast-ticket", "page"),
          ],
        },
      },
      {
        ...slo,
        name: "c",
        alerting: {
          overrides: {
            "page-fast": { severity: "ticket" },
            "page-slow": { severity: "ticket" },
            "ticket-slow": { severity: "page" },
          },
        },
      },
      {
        ...slo,
        name: "d",
        alerting: { overrides: { "page-fast": { severity: "info" }, "page-slow": { severity: "info" } } },
      },
    ];
    const severities = new Map<string, Set<string>>();
    for (const { alert, severity } of alertsOf(planOf([...everything, ...changed])))
      severities.set(alert, (severities.get(alert) ?? new Set()).add(severity));
    expect([...severities].filter(([, all]) => all.size > 1)).toEqual([]);
  });

  test("an SLO that pages for nothing does not page for its absence", () => {
    const quiet = {
      ...slo,
      alerting: { overrides: { "page-fast": { severity: "ticket" }, "page-slow": { severity: "ticket" } } },
    };
    expect(alertsOf(planOf([quiet])).map(({ severity }) => severity)).not.toContain("page");
  });
});

describe("order", () => {
  const text = (input: { services: unknown; platform?: unknown }): string => {
    const parsed = parse(input);
    const { plan, issues } = compile(parsed.services, parsed.platform);
    const rules = plan.services.map(({ service, slos }) => [
      service.name,
      slos.map(({ groups, queries }) => [groups, print(queries.budgetRemaining)]),
    ]);
    return JSON.stringify([rules, issues.map(({ code, message }) => [code, message])]);
  };
  const services = ["b", "a", "c"].map((name) => ({
    name,
    owner: "team",
    labels: { z: "1", y: "2" },
    slos: everything.slice(0, 6),
  }));

  test("of services and SLOs means nothing", () => {
    const shuffled = [...services].reverse().map((service) => ({ ...service, slos: [...service.slos].reverse() }));
    expect(text({ services: shuffled })).toBe(text({ services }));
  });

  test("of fields means nothing", () => {
    expect(text({ services: backwards(services) })).toBe(text({ services }));
  });

  test("of groupBy and identity means nothing", () => {
    const grouped = (groupBy: string[], identity: string[]) =>
      text({
        services: [{ name: "a", owner: "t", slos: everything.map((one) => ({ ...one, groupBy })) }],
        platform: { identity },
      });
    expect(grouped(["b", "a"], ["z", "y"])).toBe(grouped(["a", "b"], ["y", "z"]));
  });
});

/** The same declaration with the keys of every object the other way round. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, backwards(field)]),
  );
}
