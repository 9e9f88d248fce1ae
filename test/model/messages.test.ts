/** What is said of common mistakes: the value as it was written, and the value as it should have been. */
import { describe, expect, test } from "vitest";
import { defineSlo } from "../../src/index.ts";
import { printIssue } from "../../src/issue.ts";
import { parse } from "../../src/model/parse.ts";
import { availability, platform, service, slow } from "./valid.ts";

function saidOf(services: unknown, environment: unknown = platform): string {
  return parse({ services, platform: environment }).issues.map(printIssue).join("\n");
}

function ofSlo(change: object): string {
  return saidOf([{ ...service, slos: [{ ...availability, ...change }] }]);
}

describe("a threshold", () => {
  const said = (threshold: string, histogram = "lat_seconds") =>
    ofSlo({ sli: { kind: "latency", histogram, threshold }, groupBy: [] });

  test.each([
    ["500", "lat_seconds", "Write `500ms`; the number without quotes, 500, is in the metric's own unit."],
    ["0.5", "lat_seconds", "Write `500ms`; "],
    ["2", "lat_seconds", "Write `2s`; "],
    ["500", "lat_milliseconds", "Write `500ms`; "],
    ["0.5s", "lat_seconds", "Write `500ms`."],
    ["500millis", "lat_seconds", "Write `500ms`."],
    ["500 ms", "lat_seconds", "Write `500ms`."],
    ["fast", "lat_seconds", "Write `1s` or `250ms`, or a number in the metric's own unit."],
  ])("of %j on %s", (threshold, histogram, hint) => {
    expect(said(threshold, histogram)).toContain(`${JSON.stringify(threshold)} is not a duration.\n  hint: ${hint}`);
  });

  test("on a series of the histogram names the histogram itself", () => {
    expect(said("1s", 'lat_seconds_bucket{job="x"}')).toContain(
      "without `_bucket`.\n  hint: Drop the suffix: `lat_seconds`.",
    );
    expect(said("1s", "lat_seconds_count")).toContain("Drop the suffix: `lat_seconds`.");
  });
});

describe("a window", () => {
  test.each([
    ["1M", 'Write `30d`, or { calendar: "month" }.'],
    ["3months", 'Write `90d`, or { calendar: "quarter" }.'],
    ["1y", 'Write `365d`, or { calendar: "year" }.'],
    ["1h30m", "Write `90m`."],
    ["30D", "Write `30d`."],
  ])("of %s", (window, hint) => expect(ofSlo({ window })).toContain(`hint: ${hint}`));

  test("a month is none of minutes anywhere", () => {
    expect(saidOf([service], { ...platform, retention: "2M" })).toContain("Write `60d`.");
  });
});

describe("a budget's period", () => {
  const limit = { amount: 5, unit: "dollars" };
  const said = (per: string) =>
    saidOf([{ ...service, budgets: [{ kind: "spend", name: "b", metric: "x_dollars_total", limit, per }] }]);

  test.each([
    ["months", "Write `month`."],
    ["monthly", "Write `month`."],
    ["daily", "Write `day`."],
    ["Day", "Write `day`."],
    ["1M", "Write `30d`, or one of `hour`, `day`, `week`, `month`, `quarter`, `year`."],
    ["xyzzy", "Write one of `hour`, `day`, `week`, `month`, `quarter`, `year`, or a length such as `30d`."],
  ])("of %j", (per, hint) => expect(said(per)).toContain(`${JSON.stringify(per)} is no period.\n  hint: ${hint}`));

  test.each(["month", "7d"])("%s is one", (per) => expect(said(per)).toBe(""));
});

describe("a retention that is not declared", () => {
  const without = { ...platform, retention: undefined };

  test("is asked for beyond the longest rolling window", () => {
    const said = saidOf([{ ...service, slos: [{ ...availability, window: ["30d", "60d"] }, slow] }], without);
    expect(said).toContain("is not declared, and the longest window is 60d.");
    expect(said).toContain('definePlatform({ retention: "90d" })');
  });

  test("is asked for without one, too", () => {
    const calendar = { ...availability, window: { calendar: "month" } };
    const said = saidOf([{ ...service, slos: [calendar] }], without);
    expect(said).toContain("is not declared.\n");
    expect(said).toContain('retention: "15d"');
  });
});

test.each(["{{.window}}", "$__rate_interval", "window", "$interval"])("a range of %s is another tool's", (word) => {
  const sli = { kind: "events", total: { promql: `sum by (model) (rate(a_total[${word}]))` }, bad: "a_errors_total" };
  expect(ofSlo({ sli })).toContain(`hint: Write \`[$window]\` for \`[${word}]\``);
});

describe("a label", () => {
  test.each([
    ["customer_id", "customers"],
    ["ip", "clients"],
    ["pod", "pods"],
    ["instance", "instances"],
    ["container_id", "containers"],
    ["query", "queries"],
    ["path", "events"],
    ["url_path", "events"],
    ["trace_id", "events"],
  ])("%s has as many values as there are %s", (label, many) => {
    const said = ofSlo({ groupBy: [label] });
    expect(said).toContain(`\`${label}\` usually has about as many values as there are ${many}.`);
    expect(said).toContain(`single ${many} belong in logs`);
  });

  test("for the severity is what the platform's severities are for", () => {
    expect(ofSlo({ labels: { severity: "critical" } })).toContain(
      "the platform's `severities` maps them to your words",
    );
  });

  test("for the owner is the service's owner", () => {
    expect(ofSlo({ labels: { owner: "web" } })).toContain("the service's `owner` becomes this label");
  });
});

describe("a name that is given twice", () => {
  test("says where the other one is", () => {
    const first = defineSlo(availability);
    const said = saidOf([{ ...service, slos: [first, slow, { ...availability }] }]);
    expect(said).toMatch(
      /duplicate-id gateway\.slos\[2\]\.name: .* is called `availability`: gateway\.slos\[0\] \(test\/model\/\w+\.\w*\.?ts:\d+\)\./,
    );
  });

  test("of a service, too", () => {
    expect(saidOf([service, { ...service }])).toMatch(/another service is called `gateway`: services\[0\]/);
  });
});
