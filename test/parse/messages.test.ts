/** What is said of common mistakes: a code, and the value as it should have been written. Sentences are not compared: only what they quote. */
import { describe, expect, test } from "vitest";
import { defineSlo } from "../../src/index.ts";
import { type Issue, type IssueCode, printIssue } from "../../src/issue.ts";
import { parse } from "../../src/parse/parse.ts";
import { availability, platform, service, slow } from "./valid.ts";

function issuesOf(services: unknown, environment: unknown = platform): readonly Issue[] {
  return parse({ services, platform: environment }).issues;
}

function ofSlo(change: object): readonly Issue[] {
  return issuesOf([{ ...service, slos: [{ ...availability, ...change }] }]);
}

/** What the hint of the only issue quotes as code: what to write. */
function toWrite(issues: readonly Issue[], code: IssueCode): string[] {
  expect(issues.map((each) => each.code)).toEqual([code]);
  return [...(issues[0]?.hint ?? "").matchAll(/`([^`]*)`|\{ calendar: "\w+" \}/g)].map(
    ([all, quoted]) => quoted ?? all,
  );
}

describe("a threshold", () => {
  const issues = (threshold: string, histogram = "lat_seconds") =>
    ofSlo({ sli: { kind: "latency", histogram, threshold }, groupBy: [] });

  test.each([
    ["500", "lat_seconds", ["500ms"]],
    ["0.5", "lat_seconds", ["500ms"]],
    ["2", "lat_seconds", ["2s"]],
    ["500", "lat_milliseconds", ["500ms"]],
    ["0.5s", "lat_seconds", ["500ms"]],
    ["500millis", "lat_seconds", ["500ms"]],
    ["500 ms", "lat_seconds", ["500ms"]],
    ["fast", "lat_seconds", ["1s", "250ms", "50µs"]],
  ])("of %j on %s is to be %j", (threshold, histogram, written) => {
    expect(toWrite(issues(threshold, histogram), "bad-duration")).toEqual(written);
  });

  test.each(['lat_seconds_bucket{job="x"}', "lat_seconds_count"])("on %s names the histogram itself", (histogram) => {
    expect(toWrite(issues("1s", histogram), "bad-selector")).toEqual(["lat_seconds"]);
  });
});

describe("a metric with dots in its name", () => {
  test.each([
    ["http.requests", '{"http.requests"}'],
    ['http.requests{code="500"}', '{"http.requests", code="500"}'],
  ])("%j is to be %s", (total, written) => {
    const issues = ofSlo({ sli: { kind: "events", total, bad: "errors_total" }, groupBy: [] });
    expect(issues.map(({ code, hint }) => [code, /`(.*)`/.exec(hint)?.[1]])).toContainEqual(["bad-selector", written]);
  });
});

test.each([
  ["monday:wednesday", '["monday", "tuesday", "wednesday"]'],
  ["monday", '["monday"]'],
])("business days %j, as in an alertmanager.yml, are to be %s", (days, written) => {
  const hours = { days, start: "09:00", end: "17:00" };
  const [issue, ...others] = issuesOf([service], { ...platform, businessHours: hours });
  expect([issue?.code, issue?.hint, others]).toEqual(["wrong-type", expect.stringContaining(written), []]);
});

describe("a window", () => {
  test.each([
    ["1M", ["30d", '{ calendar: "month" }']],
    ["3months", ["90d", '{ calendar: "quarter" }']],
    ["1y", ["365d", '{ calendar: "year" }']],
    ["1h30m", ["90m"]],
    ["30D", ["30d"]],
  ])("of %s is to be %j", (window, written) => {
    expect(toWrite(ofSlo({ window }), "bad-duration")).toEqual(written);
  });

  test("a month is none of minutes anywhere", () => {
    expect(toWrite(issuesOf([service], { ...platform, retention: "2M" }), "bad-duration")).toEqual(["60d"]);
  });
});

describe("a budget's period", () => {
  const limit = { amount: 5, unit: "dollars" };
  const issues = (per: string) =>
    issuesOf([{ ...service, budgets: [{ kind: "spend", name: "b", metric: "x_dollars_total", limit, per }] }]);
  const periods = ["hour", "day", "week", "month", "quarter", "year"];

  test.each([
    ["months", ["month"]],
    ["monthly", ["month"]],
    ["daily", ["day"]],
    ["Day", ["day"]],
    ["1M", ["30d", ...periods]],
    ["xyzzy", [...periods, "30d"]],
  ])("of %j is to be %j", (per, written) => expect(toWrite(issues(per), "bad-duration")).toEqual(written));

  test.each(["month", "7d"])("%s is one", (per) => expect(issues(per)).toEqual([]));
});

describe("a retention that is not declared", () => {
  const without = { ...platform, retention: undefined };
  const asked = (slos: readonly object[]) =>
    issuesOf([{ ...service, slos }], without).map(({ code, hint }) => [
      code,
      /retention: "(\w+)"/.exec(hint ?? "")?.[1],
    ]);

  test("is asked for beyond the longest rolling window", () => {
    expect(asked([{ ...availability, window: ["30d", "60d"] }, slow])).toEqual([["retention-unknown", "90d"]]);
  });

  test("is asked for without one, too", () => {
    const calendar = { ...availability, window: { calendar: "month" } };
    expect(asked([calendar])).toEqual([["retention-unknown", "15d"]]);
  });
});

test.each(["{{.window}}", "$__rate_interval", "window", "$interval"])("a range of %s is another tool's", (word) => {
  const sli = { kind: "events", total: { promql: `sum by (model) (rate(a_total[${word}]))` }, bad: "a_errors_total" };
  expect(toWrite(ofSlo({ sli }), "bad-promql")).toEqual(expect.arrayContaining(["[$window]", `[${word}]`]));
});

describe("a label", () => {
  test.each(["customer_id", "pod", "query", "trace_id"])("with a value for each of very many: %s", (label) => {
    const [issue, ...others] = ofSlo({ groupBy: [label] });
    expect([issue?.code, issue?.path, others]).toEqual([
      "high-cardinality-label",
      ["gateway", "slos", 0, "groupBy", 0],
      [],
    ]);
    expect(issue).toMatchObject({ message: expect.stringContaining(label), hint: expect.stringMatching(/./) });
  });

  test.each([
    ["severity", "severities"],
    ["owner", "owner"],
  ])("for the %s is reported where that is declared: `%s`", (label, field) => {
    expect(toWrite(ofSlo({ labels: { [label]: "x" } }), "reserved-label")).toEqual([field]);
  });
});

test.each([
  ["a number", { start: 9 }],
  ["another form", { start: "9am" }],
  ["nothing", { start: undefined }],
])("the start of business hours as %s is to be a time of day", (_what, change) => {
  const businessHours = { end: "17:00", ...change };
  const issues = issuesOf([service], { ...platform, businessHours });
  expect(issues.map(({ path, hint }) => [path, /"\d\d:\d\d"/.test(hint)])).toEqual([
    [["platform", "businessHours", "start"], true],
  ]);
});

test("a time zone of business hours is to be their location", () => {
  const businessHours = { start: "08:00", end: "17:00", timeZone: "Europe/Berlin" };
  expect(toWrite(issuesOf([service], { ...platform, businessHours }), "unknown-key")).toEqual(["location"]);
});

test.each(["le", "quantile"])("grouping by %s is not told that alerts have that label", (label) => {
  const [issue] = ofSlo({ groupBy: [label] });
  expect([issue?.code, issue?.message.includes("alerts")]).toEqual(["reserved-label", false]);
});

describe("a name that is given twice", () => {
  test("says where the other one is", () => {
    const first = defineSlo(availability);
    const [issue] = issuesOf([{ ...service, slos: [first, slow, { ...availability }] }]);
    expect(issue && printIssue(issue)).toMatch(
      /^\S* ?duplicate-id gateway\.slos\[2\]\.name: .*gateway\.slos\[0\] \(test\/parse\/\w+\.\w*\.?ts:\d+\)/,
    );
  });

  test("of a service, too", () => {
    const [issue] = issuesOf([service, { ...service }]);
    expect(issue).toMatchObject({ code: "duplicate-id", message: expect.stringContaining("services[0]") });
  });
});

describe("an amount without its unit", () => {
  const issues = (more: object) =>
    issuesOf([
      {
        ...service,
        budgets: [{ kind: "spend", name: "d", metric: "a_dollars_total", per: "day", by: ["team"], ...more }],
      },
    ]);
  const usd = { amount: 5, unit: "dollars" };

  test.each([
    ["limit", { limit: 1000 }, "usd(1000), or tokens(1000)"],
    ["limit as text", { limit: "$1000" }, "usd(1000), or tokens(1000)"],
    ["limitEach", { limitEach: 0.5 }, "usd(0.5), or tokens(0.5)"],
    ["a value's limit", { limit: usd, limits: { search: 3 } }, "usd(3), or tokens(3)"],
    ["a unit cost", { limit: usd, requests: "r_total", unitCost: { perRequest: 2 } }, "usd(2), or tokens(2)"],
    ["an anomaly", { limit: usd, anomaly: { atLeast: 7 } }, "usd(7), or tokens(7)"],
  ])("is to be made with the unit: %s", (_name, more, written) => {
    const [issue, ...others] = issues(more);
    expect([issue?.code, others]).toEqual(["wrong-type", []]);
    expect(issue?.hint).toContain(written);
  });

  test("in a table of prices is money", () => {
    const prices = { tokens: "t_total", model: "model", type: "type", per: "1M", models: { m: { input: 2 } } };
    const [issue] = issues({ limit: usd, metric: undefined, prices });
    expect(issue?.hint).toContain("usd(2)");
  });
});

describe("a field of the SLI that was given to the SLO", () => {
  test.each(["slice", "threshold", "total", "bad", "histogram", "op", "maxAge", "atLeast"])(
    "belongs inside: %s",
    (key) => {
      const [issue] = ofSlo({ [key]: "10s" });
      expect([issue?.code, issue?.hint]).toEqual(["unknown-key", expect.stringContaining(`, ${key}: … })`)]);
    },
  );
});

test("a receiver that is the name of an integration is to be written whole", () => {
  const receivers = { default: { page: "pagerduty", ticket: "slack" } };
  const hints = issuesOf([service], { ...platform, receivers }).map(({ hint }) => hint);
  expect(hints).toEqual([expect.stringContaining("page: { pagerduty:"), expect.stringContaining("ticket: { slack:")]);
});
