/** Error-budget policies and first checks: what is refused, and which policy holds. */
import { describe, expect, test } from "vitest";
import { parse } from "../../../src/parse/parse.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" };

function parsed(slo: object, service: object = {}, platform: object = {}) {
  const slos = [{ name: "search", objective: 99, sli, ...slo }];
  return parse({ services: [{ name: "shop", owner: "web", slos, ...service }], platform });
}

function problemsOf(slo: object): string[] {
  const { issues } = parsed(slo);
  const errors = issues.filter(({ level }) => level === "error");
  return errors.map(({ code, path }) => `${code} ${path.slice(3).join(".")}`);
}

describe("a policy", () => {
  const of = (freezeAt: number) => ({ policy: { freezeAt } });

  test.each<[what: string, slo: object, service: object, platform: object, freezeAt: number | undefined]>([
    ["of the SLO is the most specific", of(0.1), of(0.2), of(0.3), 0.1],
    ["of the service is more specific than the platform's", {}, of(0.2), of(0.3), 0.2],
    ["of the platform holds where there is no other", {}, {}, of(0.3), 0.3],
    ["is none by default", {}, {}, {}, undefined],
    ["freezes when the budget is spent, by default", { policy: {} }, of(0.2), {}, 0],
  ])("%s", (_what, slo, service, platform, freezeAt) => {
    const { services } = parsed(slo, service, platform);
    expect(services[0]?.slos[0]?.policy?.freezeAt).toBe(freezeAt);
  });

  test.each<[what: string, policy: object, problems: string[]]>([
    ["a whole one", { freezeAt: 0, warnBelow: 0.25, exceptions: [{ until: "2027-01-31", why: "x" }], says: "y" }, []],
    ["percent", { warnBelow: 25 }, ["bad-value policy.warnBelow"]],
    ["less than nothing", { freezeAt: -0.1 }, ["bad-value policy.freezeAt"]],
    ["a warning that comes too late", { freezeAt: 0.25, warnBelow: 0.25 }, ["bad-value policy.warnBelow"]],
    ["no date", { exceptions: [{ until: "2027-02-30", why: "x" }] }, ["bad-value policy.exceptions.0.until"]],
    ["no reason", { exceptions: [{ until: "2027-01-31" }] }, ["missing-field policy.exceptions.0.why"]],
    ["another word", { freeze: 0 }, ["unknown-key policy.freeze"]],
    ["a credential", { says: "https://u:SECRETXXXX@wiki.example.com" }, ["credential-in-url policy.says"]],
  ])("%s", (_what, policy, problems) => {
    expect(problemsOf({ policy })).toEqual(problems);
  });
});

describe("first checks", () => {
  test.each<[what: string, checks: object[], problems: string[]]>([
    [
      "one with a query, one without",
      [
        { what: "a", query: "sum(q)" },
        { what: "b", how: "c" },
      ],
      [],
    ],
    ["a query that does not parse", [{ what: "a", query: "sum(q" }], ["bad-promql checks.0.query"]],
    ["nothing to look at", [{ what: "" }], ["bad-value checks.0.what"]],
    ["more than a screen has room for", Array(5).fill({ what: "a" }), ["bad-value checks"]],
  ])("%s", (_what, checks, problems) => {
    expect(problemsOf({ checks })).toEqual(problems);
  });
});
