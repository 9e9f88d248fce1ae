import { describe, expect, test } from "vitest";
import { printPath } from "../../src/issue.ts";
import { parse } from "../../src/parse/parse.ts";
import { availability, platform, service, slow } from "./valid.ts";

/** `code path` of every issue. */
function issuesOf(services: unknown, environment: unknown = platform): string[] {
  return parse({ services, platform: environment }).issues.map(({ code, path }) => `${code} ${printPath(path)}`);
}

/** The issues of one SLO with these fields changed; `undefined` takes a field away. */
function ofSlo(change: object): string[] {
  return issuesOf([{ ...service, slos: [{ ...availability, ...change }] }]);
}

function ofService(change: object): string[] {
  return issuesOf([{ ...service, ...change }]);
}

function ofPlatform(change: object): string[] {
  return issuesOf([service], { ...platform, ...change });
}

function hintOf(code: string, services: unknown, environment: unknown = platform): string | undefined {
  return parse({ services, platform: environment }).issues.find((fact) => fact.code === code)?.hint;
}

function sloOf(change: object, environment: unknown = platform) {
  return parse({ services: [{ ...service, slos: [{ ...availability, ...change }] }], platform: environment })
    .services[0]?.slos[0];
}

describe("what is in order", () => {
  test("parses without an issue", () => {
    expect(issuesOf([service])).toEqual([]);
    expect(parse({ services: [service], platform }).services.map(({ name, slos }) => [name, slos.length])).toEqual([
      ["gateway", 2],
    ]);
  });

  test("gets every default", () => {
    expect(sloOf({ window: undefined, groupBy: undefined })).toMatchObject({
      id: "gateway/availability",
      windowSeconds: 2_592_000,
      groupBy: [],
      errorBudget: 0.001,
      noTraffic: "ignore",
      scrapeSeconds: 30,
      evaluationSeconds: 30,
      absence: { noData: true, broken: true, severity: "ticket", forSeconds: 180 },
      generation: 1,
      runbook: "https://runbooks.example.com/gateway/availability",
      path: ["gateway", "slos", 0],
    });
  });

  test("gets the platform's defaults", () => {
    expect(parse({ services: [] }).platform).toMatchObject({
      scrapeSeconds: 30,
      evaluationSeconds: 30,
      settleSeconds: 10,
      retentionSeconds: undefined,
      ruler: { rulesPerGroup: 20, groups: undefined },
      severities: { page: "page", ticket: "ticket", info: "info" },
      secretsDirectory: "/etc/alertmanager/secrets",
    });
  });

  test("counts an objective's budget exactly", () => {
    expect([99.9, 99.95, 99.99, 90, 99.999999].map((objective) => sloOf({ objective })?.errorBudget)).toEqual([
      0.001, 0.0005, 0.0001, 0.1, 0.00000001,
    ]);
  });

  test("takes the nearest interval: SLO, service, platform", () => {
    const environment = { ...platform, scrapeInterval: "15s", evaluationInterval: "15s" };
    expect(sloOf({ scrapeInterval: "1m" }, environment)).toMatchObject({ scrapeSeconds: 60, evaluationSeconds: 15 });
    const [slo] =
      parse({ services: [{ ...service, evaluationInterval: "2m" }], platform: environment }).services[0]?.slos ?? [];
    expect(slo).toMatchObject({ scrapeSeconds: 15, evaluationSeconds: 120 });
  });

  test("counts time without data as bad for freshness and probes only", () => {
    const kinds = [
      { kind: "freshness", timestamp: "a_b_seconds", maxAge: "1h" },
      { kind: "probe", metric: "up" },
      { kind: "gauge", metric: "a_b", op: "<", threshold: 1 },
    ];
    expect(kinds.map((sli) => sloOf({ sli })?.noTraffic)).toEqual(["bad", "bad", "ignore"]);
  });

  test("lays the SLO's labels and annotations over the service's", () => {
    const services = [
      { ...service, labels: { env: "prod", area: "ai" }, slos: [{ ...availability, labels: { env: "test" } }] },
    ];
    expect(parse({ services, platform }).services[0]?.slos[0]?.labels).toEqual({ env: "test", area: "ai" });
  });

  test("joins runbook URLs with one slash, the nearest first", () => {
    const under = (runbooks: string) =>
      parse({ services: [{ ...service, runbooks }], platform }).services[0]?.slos[0]?.runbook;
    expect(under("https://a.example/x/")).toBe("https://a.example/x/availability");
    expect(sloOf({ runbook: "https://b.example/y" })?.runbook).toBe("https://b.example/y");
    expect(sloOf({}, { retention: "60d" })?.runbook).toBeUndefined();
  });

  test("keeps identity labels out of groupBy", () => {
    expect(sloOf({ groupBy: ["cluster", "model"] }, { ...platform, identity: ["cluster"] })?.groupBy).toEqual([
      "model",
    ]);
  });

  test("takes undefined for a field that is not there", () => {
    expect(ofSlo({ description: undefined, alerting: { for: undefined } })).toEqual([]);
  });

  test("knows the severity words of kube-prometheus", () => {
    expect(parse({ services: [], platform: { severities: "kube-prometheus" } }).platform.severities).toEqual({
      page: "critical",
      ticket: "warning",
      info: "info",
    });
    expect(parse({ services: [], platform: { severities: { page: "sev1" } } }).platform.severities).toEqual({
      page: "sev1",
      ticket: "ticket",
      info: "info",
    });
  });

  test("leaves out broken services and keeps the others", () => {
    expect(
      parse({
        services: [
          { ...service, owner: 5 },
          { ...service, name: "other" },
        ],
        platform,
      }).services.map(({ name }) => name),
    ).toEqual(["other"]);
  });
});

describe("keys and types", () => {
  test.each([
    [{ group_by: ["model"], groupBy: undefined }, ["unknown-key gateway.slos[0].group_by"]],
    [{ objctive: 99.9, objective: undefined }, ["unknown-key gateway.slos[0].objctive"]],
    [{ target: 99.9, objective: undefined }, ["unknown-key gateway.slos[0].target"]],
    [{ alerting: { pageAlert: { labels: {} } } }, ["unknown-key gateway.slos[0].alerting.pageAlert"]],
    [{ nonsense: 1 }, ["unknown-key gateway.slos[0].nonsense"]],
    [{ objective: undefined }, ["missing-field gateway.slos[0].objective"]],
    [{ sli: undefined }, ["missing-field gateway.slos[0].sli"]],
    [{ sli: {} }, ["missing-field gateway.slos[0].sli.kind"]],
    [{ sli: "up" }, ["wrong-type gateway.slos[0].sli"]],
    [{ sli: { kind: "event" } }, ["unknown-kind gateway.slos[0].sli.kind"]],
    [{ sli: { kind: "average" } }, ["unknown-kind gateway.slos[0].sli.kind"]],
    [{ sli: { kind: "events", total: "a_total" } }, ["missing-field gateway.slos[0].sli"]],
    [{ sli: { kind: "events", total: 5, bad: "b_total" } }, ["wrong-type gateway.slos[0].sli.total"]],
    [
      { sli: { kind: "events", total: { promq: "a" }, bad: "b_total" } },
      ["unknown-key gateway.slos[0].sli.total.promq"],
    ],
    [{ objective: "99.9" }, ["wrong-type gateway.slos[0].objective"]],
    [{ groupBy: "model" }, ["wrong-type gateway.slos[0].groupBy"]],
    [{ description: 5 }, ["wrong-type gateway.slos[0].description"]],
    [{ description: { template: "x" } }, ["wrong-type gateway.slos[0].description"]],
    [{ noTraffic: "worse" }, ["bad-value gateway.slos[0].noTraffic"]],
    [{ minEvents: 0 }, ["bad-value gateway.slos[0].minEvents"]],
    [{ minEvents: 1.5 }, ["wrong-type gateway.slos[0].minEvents"]],
    [{ eventsPerDay: Number.NaN }, ["wrong-type gateway.slos[0].eventsPerDay"]],
    [{ reviewBy: "2027-02-29" }, ["bad-value gateway.slos[0].reviewBy"]],
    [{ description: new Date(0) }, ["wrong-type gateway.slos[0].description"]],
    [{ description: () => "x" }, ["wrong-type gateway.slos[0].description"]],
  ])("%j", (change, expected) => expect(ofSlo(change)).toEqual(expected));

  test.each([
    [{ slo: [], slos: undefined }, ["unknown-key gateway.slo"]],
    [{ slos: {} }, ["wrong-type gateway.slos"]],
    [{ slos: [null] }, ["wrong-type gateway.slos[0]"]],
    [{ owner: undefined }, ["missing-owner gateway.owner"]],
    [{ owner: " " }, ["missing-owner gateway.owner"]],
    [{ team: "ml", owner: undefined }, ["unknown-key gateway.team"]],
    [{ name: undefined }, ["missing-field services[0].name"]],
    [{ name: "" }, ["bad-id services[0].name"]],
  ])("service %j", (change, expected) => expect(ofService(change)).toEqual(expected));

  test("a misspelt key is hinted at, and what it holds is read as meant", () => {
    expect(ofSlo({ group_by: ["email"], groupBy: undefined })).toEqual([
      "user-label gateway.slos[0].group_by[0]",
      "unknown-key gateway.slos[0].group_by",
    ]);
    expect(hintOf("unknown-key", [{ ...service, runbook: "https://x.example" }])).toContain("`runbooks`");
  });

  test("services that are no list are one issue", () => {
    expect(issuesOf(undefined)).toEqual(["missing-field services"]);
    expect(issuesOf({ gateway: service })).toEqual(["wrong-type services"]);
  });
});

describe("ids", () => {
  test.each(["My Service", "1st", "a_b", "-a", "a".repeat(64), "é"])("%s is none", (name) => {
    expect(ofSlo({ name })).toEqual(["bad-id gateway.slos[0].name"]);
  });

  test("the nearest id is suggested", () => {
    expect(hintOf("bad-id", [{ ...service, name: "My InferenceService" }])).toContain("`my-inference-service`");
  });

  test("are given once", () => {
    expect(issuesOf([service, service])).toEqual(["duplicate-id gateway.name"]);
    expect(ofService({ slos: [slow, slow] })).toEqual(["duplicate-id gateway.slos[1].name"]);
    const twin = { kind: "spend", name: "daily", metric: "a_total", per: "day", limit: { amount: 1, unit: "dollars" } };
    expect(ofService({ budgets: [twin, twin] })).toContain("duplicate-id gateway.budgets[1].name");
    const tier = { name: "fast", severity: "page", long: "1h", short: "5m", burn: 10 };
    expect(ofSlo({ alerting: { tiers: [tier, tier] } })).toEqual([
      "duplicate-id gateway.slos[0].alerting.tiers[1].name",
    ]);
  });
});

describe("objectives", () => {
  test.each([100, 100.5, 0, -1, 0.999, 1, 99.9999999])("%d is out of range", (objective) => {
    expect(ofSlo({ objective })).toEqual(["objective-out-of-range gateway.slos[0].objective"]);
  });

  test.each([1.5, 50, 99.999999])("%d is in range", (objective) => expect(ofSlo({ objective })).toEqual([]));

  test("a ratio is hinted at as percent", () => {
    expect(hintOf("objective-out-of-range", [{ ...service, slos: [{ ...availability, objective: 0.999 }] }])).toContain(
      "99.9.",
    );
  });
});

describe("windows and durations", () => {
  test.each([
    ["59m", "window-out-of-range"],
    ["367d", "window-out-of-range"],
    ["3600000ms", "window-out-of-range"],
    ["1h30m", "bad-duration"],
    ["30 days", "bad-duration"],
    ["", "bad-duration"],
    [30, "wrong-type"],
  ])("%j is refused", (window, code) => expect(ofSlo({ window })).toEqual([`${code} gateway.slos[0].window`]));

  test.each(["1h", "90m", "7d", "52w", "366d"])("%s is a window", (window) => expect(ofSlo({ window })).toEqual([]));

  test.each(["day", "week", "month", "quarter", "year"])("a calendar %s is a window", (calendar) => {
    expect(ofSlo({ window: { calendar } })).toEqual([]);
    expect(ofSlo({ window: { calendar, offset: "-08:00" } })).toEqual([]);
  });

  test.each([
    [{}, "missing-field", ".calendar"],
    [{ calendar: "months" }, "bad-value", ".calendar"],
    [{ calendar: 7 }, "bad-value", ".calendar"],
    [{ calendar: "month", offset: "Europe/Berlin" }, "bad-value", ".offset"],
    [{ calendar: "month", offset: "CET" }, "bad-value", ".offset"],
    [{ calendar: "month", offset: "1h" }, "bad-value", ".offset"],
    [{ calendar: "month", timeZone: "Europe/Berlin" }, "unknown-key", ".timeZone"],
    [[], "bad-value", ""],
    [["30d", "7d", "1d", "14d", "28d"], "bad-value", ""],
    [["30d", 7], "wrong-type", "[1]"],
    [["30d", "1y"], "bad-duration", "[1]"],
    [["30d", "720h"], "duplicate-id", "[1]"],
    [[{ calendar: "month" }, { calendar: "month" }], "duplicate-id", "[1]"],
    [[{ calendar: "month" }, { calendar: "week", offset: "+01:00" }], "bad-value", ""],
  ])("%j is refused", (window, code, at) => expect(ofSlo({ window })).toEqual([`${code} gateway.slos[0].window${at}`]));

  test("a zone with daylight saving time gets a hint", () => {
    const window = { calendar: "month", offset: "America/New_York" };
    expect(hintOf("bad-value", [{ ...service, slos: [{ ...availability, window }] }])).toContain('offset: "+01:00"');
  });

  test("the first window is the primary one, and a calendar period has a nominal length", () => {
    const window = [{ calendar: "month", offset: "-03:30" }, "7d"];
    expect(sloOf({ window })).toMatchObject({
      windowSeconds: 2_592_000,
      periods: [
        { kind: "calendar", unit: "month", offsetSeconds: -12_600 },
        { kind: "rolling", seconds: 604_800 },
      ],
    });
  });

  test("labels of calendar periods are no group labels", () => {
    expect(ofSlo({ groupBy: ["slo_month"] })).toEqual(["reserved-label gateway.slos[0].groupBy[0]"]);
  });

  test("the nearest duration is suggested", () => {
    expect(hintOf("bad-duration", [{ ...service, slos: [{ ...availability, window: "1h30m" }] }])).toContain("`90m`");
  });

  test("tiers' windows are whole seconds", () => {
    const tier = { name: "fast", severity: "page", long: "1h", short: "500ms", burn: 10, for: "500ms" };
    expect(ofSlo({ alerting: { tiers: [tier] } })).toEqual(["bad-duration gateway.slos[0].alerting.tiers[0].short"]);
  });
});

describe("labels", () => {
  test.each([
    ["slo", "reserved-label"],
    ["severity", "reserved-label"],
    ["le", "reserved-label"],
    ["reason", "reserved-label"],
    ["count", "reserved-label"],
    ["__name__", "reserved-label"],
    ["user_id", "user-label"],
    ["userId", "user-label"],
    ["email", "user-label"],
    ["end_user", "user-label"],
    ["session_id", "high-cardinality-label"],
    ["user_agent.original", "high-cardinality-label"],
    ["source_ip", "high-cardinality-label"],
    ["device_id", "high-cardinality-label"],
    ["build_id", "high-cardinality-label"],
    ["exception_message", "high-cardinality-label"],
    ["replicaset", "high-cardinality-label"],
    ["trace_id", "high-cardinality-label"],
    ["client_ip", "high-cardinality-label"],
    ["a-b", "bad-label"],
    ["", "bad-label"],
    ["http route", "bad-label"],
    ["user.id", "user-label"],
    ["url.path", "high-cardinality-label"],
  ])("groupBy %j is %s", (label, code) =>
    expect(ofSlo({ groupBy: [label] })).toEqual([`${code} gateway.slos[0].groupBy[0]`]),
  );

  test.each(["model", "job", "namespace", "user_tier", "customer_tier", "http.route"])("groupBy %j is sound", (label) =>
    expect(ofSlo({ groupBy: [label] })).toEqual([]),
  );

  test("are named once", () =>
    expect(ofSlo({ groupBy: ["a", "a"] })).toEqual(["duplicate-id gateway.slos[0].groupBy[1]"]));

  test("the seed's advice is given for people", () => {
    expect(hintOf("user-label", [{ ...service, slos: [{ ...availability, groupBy: ["user_id"] }] }])).toContain(
      "`user_tier`",
    );
  });

  test.each([
    [{ tier: "x" }, "reserved-label", "tier"],
    [{ "a b": "x" }, "bad-label", '"a b"'],
    [{ env: "" }, "bad-label", "env"],
    [{ user: "x" }, "user-label", "user"],
    [{ env: 5 }, "wrong-type", "env"],
    [{ model: "x" }, "reserved-label", "model"],
  ])("fixed labels %j are refused", (labels, code, name) =>
    expect(ofSlo({ labels })).toEqual([`${code} gateway.slos[0].labels.${name}`]),
  );

  test.each([
    [[], ["nothing-declared services"]],
    [[{ name: "a", owner: "ml" }], ["nothing-declared a"]],
    [[{ name: "a", owner: "ml", slos: [], budgets: [], experiments: [] }], ["nothing-declared a.slos"]],
    [[{ name: "a", owner: "ml", slos: {} }], ["wrong-type a.slos"]],
  ])("nothing to watch is named: %j", (services, found) => expect(issuesOf(services)).toEqual(found));

  test("values may hold anything", () => expect(ofSlo({ labels: { note: `"\\\n\u0000'$` } })).toEqual([]));

  test("a service's or tier's label may not shadow a group's", () => {
    expect(ofService({ labels: { model: "x" } })).toEqual(["reserved-label gateway.slos[0].labels.model"]);
    expect(ofSlo({ alerting: { overrides: { "page-fast": { labels: { model: "x" } } } } })).toEqual([
      "reserved-label gateway.slos[0].alerting.overrides.page-fast.labels.model",
    ]);
  });
});

describe("texts", () => {
  test("braces in plain text are a doubt", () => {
    expect(ofSlo({ description: "{{ $value }}" })).toEqual(["braces-in-text gateway.slos[0].description"]);
    expect(ofSlo({ annotations: { note: "{{ $value }}" } })).toEqual([
      "braces-in-text gateway.slos[0].annotations.note",
    ]);
    expect(ofSlo({ annotations: { note: { template: "{{ $value }} {{ $labels.model }}" } } })).toEqual([]);
  });

  test("braces in the value of a group are no text", () => {
    expect(ofSlo({ groupBy: ["model"], objectives: [{ match: { model: "{{x}}" }, objective: 99.5 }] })).toEqual([]);
  });

  test.each(["ftp://a.example", "runbooks/a", "javascript:alert(1)", "https://", "https://a b.example", ""])(
    "%j is no runbook URL",
    (runbook) => {
      expect(ofSlo({ runbook })).toEqual(["bad-url gateway.slos[0].runbook"]);
    },
  );

  test.each([
    "{{ $labels.region }}",
    "{{ $labels.owner }}",
    '{{ index $labels "zone" }}',
    "{{ .Labels.zone }}",
    "{{ $value",
    "{{ humanise $value }}",
  ])("template %j is refused", (template) => {
    expect(ofSlo({ annotations: { note: { template } } })).toEqual(["bad-template gateway.slos[0].annotations.note"]);
  });

  test("templates may name what the alert carries", () => {
    const template =
      "{{ $labels.slo_service }} {{ $labels.slo }} {{ $labels.model }} {{ $labels.cluster }} {{ $externalLabels.x }}";
    expect(
      issuesOf([{ ...service, slos: [{ ...availability, annotations: { note: { template } } }] }], {
        ...platform,
        identity: ["cluster"],
      }),
    ).toEqual([]);
  });
});

describe("alerting", () => {
  const tier = { name: "fast", severity: "page", long: "1h", short: "5m" };
  test.each([
    [{ tiers: [tier] }, "tier-invalid gateway.slos[0].alerting.tiers[0]"],
    [{ tiers: [{ ...tier, burn: 10, budget: 0.02 }] }, "tier-invalid gateway.slos[0].alerting.tiers[0]"],
    [{ tiers: [{ ...tier, budget: 2 }] }, "tier-invalid gateway.slos[0].alerting.tiers[0].budget"],
    [{ tiers: [{ ...tier, burn: 0 }] }, "tier-invalid gateway.slos[0].alerting.tiers[0].burn"],
    [{ tiers: [{ ...tier, burn: 1, severity: "critical" }] }, "bad-value gateway.slos[0].alerting.tiers[0].severity"],
    [{ tiers: [] }, "bad-value gateway.slos[0].alerting.tiers"],
    [{ overrides: { "page-fats": {} } }, "tier-invalid gateway.slos[0].alerting.overrides.page-fats"],
    [
      { tiers: [{ ...tier, burn: 1 }], overrides: { "page-fast": {} } },
      "tier-invalid gateway.slos[0].alerting.overrides.page-fast",
    ],
    [{ enabled: "no" }, "wrong-type gateway.slos[0].alerting.enabled"],
  ])("%j is refused", (alerting, expected) => expect(ofSlo({ alerting })).toEqual([expected]));

  test("time without events cannot be bad where events are counted", () => {
    expect(ofSlo({ noTraffic: "bad" })).toEqual(["bad-value gateway.slos[0].noTraffic"]);
    expect(ofSlo({ noTraffic: "bad", sli: { kind: "probe", metric: "up" } })).toEqual([]);
  });
});

describe("dependencies", () => {
  test.each([["gateway/latncy"], ["latency"], ["x"]])("%s does not exist", (id) => {
    expect(ofService({ slos: [{ ...availability, dependsOn: [id] }, slow] })).toEqual([
      "unknown-slo gateway.slos[0].dependsOn[0]",
    ]);
  });

  test("the service is added in the hint", () => {
    expect(
      hintOf("unknown-slo", [{ ...service, slos: [{ ...availability, dependsOn: ["latency"] }, slow] }]),
    ).toContain("`gateway/latency`");
  });

  test("a circle is one issue, also over services", () => {
    expect(ofSlo({ dependsOn: ["gateway/availability"] })).toEqual(["dependency-cycle gateway.slos[0].dependsOn[0]"]);
    const other = { name: "other", owner: "ml", slos: [{ ...slow, dependsOn: ["gateway/availability"] }] };
    expect(issuesOf([{ ...service, slos: [{ ...availability, dependsOn: ["other/latency"] }] }, other])).toEqual([
      "dependency-cycle other.slos[0].dependsOn[0]",
    ]);
  });

  test("a broken SLO still exists", () => {
    expect(
      ofService({
        slos: [
          { ...availability, dependsOn: ["gateway/latency"] },
          { ...slow, objective: 100 },
        ],
      }),
    ).toEqual(["objective-out-of-range gateway.slos[1].objective"]);
  });
});

describe("budgets", () => {
  const budget = { kind: "spend", name: "daily", metric: "ai_cost_dollars_total", per: "day" };
  const dollars = { amount: 5, unit: "dollars" };
  test.each([
    [{}, ["missing-field gateway.budgets[0].limit"]],
    [{ by: ["model"] }, ["missing-field gateway.budgets[0].limit"]],
    [{ limits: { a: dollars } }, ["missing-field gateway.budgets[0].by"]],
    [{ limits: { a: dollars }, by: ["a", "b"] }, ["missing-field gateway.budgets[0].by"]],
    [{ limits: { "": dollars }, by: ["a"] }, ['bad-value gateway.budgets[0].limits.""']],
    [{ limitEach: dollars }, ["missing-field gateway.budgets[0].by"]],
    [{ limit: dollars, receivers: { a: "team" } }, ["missing-field gateway.budgets[0].by"]],
    [{ limitEach: dollars, by: ["a", "b"], receivers: { a: "t" } }, ["missing-field gateway.budgets[0].by"]],
    [{ limitEach: dollars, by: ["a"], receivers: { "": "t" } }, ['bad-value gateway.budgets[0].receivers.""']],
    [{ limitEach: dollars, by: ["a"], receivers: { a: " " } }, ["bad-value gateway.budgets[0].receivers.a"]],
    [{ limit: dollars, limitEach: { amount: 5, unit: "euros" }, by: ["a"] }, ["bad-value gateway.budgets[0].limit"]],
    [{ limit: { amount: 5, unit: "tokens" } }, ["bad-value gateway.budgets[0].limit"]],
    [{ limit: dollars, by: ["user_id"] }, ["user-label gateway.budgets[0].by[0]"]],
    [{ limit: { amount: 0, unit: "dollars" } }, ["bad-value gateway.budgets[0].limit.amount"]],
    [{ limit: dollars, per: "fortnight" }, ["bad-duration gateway.budgets[0].per"]],
    [{ limit: dollars, offset: "1h" }, ["bad-value gateway.budgets[0].offset"]],
    [{ limit: dollars, by: ["model"], limits: { "gpt-4": dollars } }, []],
    [{ limit: dollars, metric: undefined }, ["missing-field gateway.budgets[0].metric"]],
    [{ limit: dollars, offset: "Europe/Berlin" }, ["bad-value gateway.budgets[0].offset"]],
    [{ limit: dollars, by: ["month"] }, ["reserved-label gateway.budgets[0].by[0]"]],
    [{ limit: dollars, by: ["scope"] }, ["reserved-label gateway.budgets[0].by[0]"]],
    [{ limit: dollars, thresholds: [80] }, ["bad-value gateway.budgets[0].thresholds[0]"]],
    [
      { limit: dollars, unitCost: { perRequest: { amount: 1, unit: "euros" } } },
      ["bad-value gateway.budgets[0].limit"],
    ],
    [{ limit: dollars, name: "availability" }, ["duplicate-id gateway.budgets[0].name"]],
  ])("%j", (change, expected) => {
    expect(ofService({ budgets: [{ ...budget, ...change }] })).toEqual(expected);
  });

  const prices = {
    tokens: "tokens_total",
    model: "model",
    type: "type",
    per: "1M",
    models: { "gpt-4": { input: dollars, output: dollars } },
  };
  test.each([
    [{}, []],
    [{ type: undefined }, ["missing-field gateway.budgets[0].prices.type"]],
    [{ models: {} }, ["missing-field gateway.budgets[0].prices.models"]],
    [{ tokens: { input: "in_total" } }, ["bad-value gateway.budgets[0].prices.models.gpt-4.output"]],
    [{ within: { output: "cached" } }, ["bad-value gateway.budgets[0].prices.within.output"]],
    [{ per: "1K" }, ["bad-value gateway.budgets[0].prices.per"]],
  ])("a price table with %j", (change, expected) => {
    const priced = { ...budget, metric: undefined, limit: dollars, prices: { ...prices, ...change } };
    expect(ofService({ budgets: [priced] })).toEqual(expected);
  });
});

describe("experiments", () => {
  const sli = { kind: "events", total: "a_total", bad: "b_total" };
  const declared = { name: "prompt", label: "variant", baseline: "A", slis: [{ name: "success", sli }] };
  test.each([
    [{}, []],
    [{ label: "user_id" }, ["user-label gateway.experiments[0].label"]],
    [{ label: "sli" }, ["reserved-label gateway.experiments[0].label"]],
    [{ variants: ["A", "B"] }, ["bad-value gateway.experiments[0].variants"]],
    [{ variants: ["B", "B"] }, ["bad-value gateway.experiments[0].variants"]],
    [{ variants: [] }, ["bad-value gateway.experiments[0].variants"]],
    [{ baseline: "" }, ["bad-value gateway.experiments[0].baseline"]],
    [{ baseline: "", variants: ["B"] }, []],
    [{ atLeast: 1 }, ["bad-value gateway.experiments[0].atLeast"]],
    [{ slis: [] }, ["bad-value gateway.experiments[0].slis"]],
    [
      { slis: [{ name: "up", sli: { kind: "probe", metric: "up" } }] },
      ["bad-value gateway.experiments[0].slis[0].sli"],
    ],
    [
      { slis: [{ name: "all", sli: { kind: "composite", of: ["gateway/a", "gateway/b"], as: "worst" } }] },
      ["bad-value gateway.experiments[0].slis[0].sli"],
    ],
    [{ name: "latency" }, ["duplicate-id gateway.experiments[0].name"]],
  ])("%j", (change, expected) => {
    expect(ofService({ experiments: [{ ...declared, ...change }] })).toEqual(expected);
  });
});

describe("the platform", () => {
  test.each([
    [{ retention: undefined }, ["retention-unknown platform.retention"]],
    [{ retention: "15 days" }, ["bad-duration platform.retention"]],
    [{ scrapeInterval: 30 }, ["wrong-type platform.scrapeInterval"]],
    [{ prometheus: 4 }, ["bad-value platform.prometheus"]],
    [{ prometheus: "3" }, ["wrong-type platform.prometheus"]],
    [{ ruler: { rulesPerGroup: 0 } }, ["bad-value platform.ruler.rulesPerGroup"]],
    [{ severities: { page: "info" } }, ["bad-value platform.severities"]],
    [{ severities: "opsgenie" }, ["bad-value platform.severities"]],
    [{ identity: ["severity"] }, ["reserved-label platform.identity[0]"]],
    [{ requiredLabels: ["a b"] }, ["bad-label platform.requiredLabels[0]"]],
    [{ dashboards: "grafana" }, ["bad-url platform.dashboards"]],
    [{ secretsDirectory: "secrets" }, ["bad-value platform.secretsDirectory"]],
    [{ buckets: { a: [] } }, ["bad-value platform.buckets.a"]],
    [{ businessHours: { start: "17:00", end: "09:00" } }, ["bad-value platform.businessHours.end"]],
    [{ businessHours: { start: "9", end: "17:00" } }, ["bad-value platform.businessHours.start"]],
    [
      { businessHours: { start: "09:00", end: "17:00", location: "Berlin" } },
      ["bad-value platform.businessHours.location"],
    ],
    [
      { receivers: { default: { page: { pagerduty: "key" } } } },
      ["wrong-type platform.receivers.default.page.pagerduty"],
    ],
    [
      { receivers: { default: { page: { pager_duty: { secret: "a" } } } } },
      ["unknown-key platform.receivers.default.page.pager_duty"],
    ],
    [
      { receivers: { default: { page: { pagerduty: { secret: "../a" } } } } },
      ["bad-id platform.receivers.default.page.pagerduty.secret"],
    ],
    [{ receivers: { default: { critical: {} } } }, ["unknown-key platform.receivers.default.critical"]],
    [
      { receivers: { default: { page: { webhook: { url: "a" } } } } },
      ["bad-url platform.receivers.default.page.webhook.url"],
    ],
    [
      { receivers: { default: { page: { email: { to: "a", from: "b@c", smarthost: "smtp" } } } } },
      [
        "bad-value platform.receivers.default.page.email.smarthost",
        "bad-value platform.receivers.default.page.email.to",
      ],
    ],
  ])("%j", (change, expected) => expect(ofPlatform(change)).toEqual(expected));

  test("what is sound of it stays when a field is not", () => {
    expect(parse({ services: [], platform: { scrapeInterval: "1m", retention: 5 } }).platform).toMatchObject({
      scrapeSeconds: 60,
      retentionSeconds: undefined,
    });
  });

  test("sorts bucket boundaries", () => {
    expect(parse({ services: [], platform: { buckets: { a: [1, 0.5, 1] } } }).platform.buckets).toEqual({
      a: [0.5, 1],
    });
  });
});

test("twenty mistakes are found at once, in every service and the platform", () => {
  const services = [
    {
      name: "My Service",
      ownr: "x",
      runbooks: "nope",
      slos: [{ name: "a", objective: 100, window: "1y", sli: { kind: "evnts" }, groupBy: ["user_id", "slo"] }],
    },
    {
      name: "b",
      labels: { "x-y": "1" },
      slos: [
        {
          ...availability,
          sli: { kind: "events", total: "a{", bad: { promql: "sum(" } },
          annotations: { n: { template: "{{" } },
        },
        availability,
      ],
    },
    {
      name: "c",
      owner: "c",
      slos: [
        {
          ...slow,
          exclude: [{ reason: "move", from: "yesterday", to: "2027-01-01T00:00:00Z" }],
          dependsOn: ["c/nothing"],
          alerting: { overrides: { fast: {} } },
          description: "{{ x }}",
        },
      ],
    },
    5,
  ];
  const environment = { severities: { page: "x", ticket: "x" }, dashboards: "x" };
  expect(issuesOf(services, environment).sort()).toEqual([
    'bad-duration "My Service".slos[0].window',
    "bad-exclusion c.slos[0].exclude[0]",
    'bad-id "My Service".name',

    "bad-label b.labels.x-y",
    "bad-promql b.slos[0].sli.bad",
    "bad-selector b.slos[0].sli.total",
    "bad-template b.slos[0].annotations.n",
    'bad-url "My Service".runbooks',
    "bad-url platform.dashboards",
    "bad-value platform.severities",
    "braces-in-text c.slos[0].description",
    "duplicate-id b.slos[1].name",
    "missing-owner b.owner",
    'objective-out-of-range "My Service".slos[0].objective',
    'reserved-label "My Service".slos[0].groupBy[1]',
    "retention-unknown platform.retention",
    "tier-invalid c.slos[0].alerting.overrides.fast",
    'unknown-key "My Service".ownr',
    'unknown-kind "My Service".slos[0].sli.kind',
    "unknown-slo c.slos[0].dependsOn[0]",
    'user-label "My Service".slos[0].groupBy[0]',
    "wrong-type services[3]",
  ]);
});

test("every issue is a sentence and a sentence of advice", () => {
  const { issues } = parse({
    services: [
      { slos: [{ objective: "x", sli: { kind: "events", total: 5 }, labels: { a: "" }, runbook: 5 }], budgets: [{}] },
    ],
    platform: { ruler: 5, x: 1 },
  });
  for (const { message, hint } of issues)
    expect([message, hint]).toEqual([expect.stringMatching(/[.!?…]$/m), expect.stringMatching(/[.!?`…)]$/)]);
});

test("the order of matchers means nothing, and the same one twice is one", () => {
  const built = (total: string) => {
    const sli = { kind: "events", total, bad: "a_errors_total" };
    return parse({ services: [{ ...service, slos: [{ ...availability, sli }] }], platform }).services;
  };
  expect(built('a_total{env="p",job="api"}')).toEqual(built('a_total{job="api",env="p"}'));
  expect(built('a_total{env="p",env="p"}')).toEqual(built('a_total{env="p"}'));
  expect(built('a_total{env="p",env!="q"}')).not.toEqual(built('a_total{env="p"}'));
});
