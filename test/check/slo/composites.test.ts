/** Outages that page twice, and how long a page that may be silenced waits. */
import { expect, test } from "vitest";
import { checks } from "../../../src/check/index.ts";
import { compile } from "../../../src/compile/compile.ts";
import { compileRoutes } from "../../../src/emit/alertmanager/routes.ts";
import { explain } from "../../../src/explain/explain.ts";
import { parse } from "../../../src/parse/parse.ts";
import { availability, platform, slow } from "../../parse/valid.ts";

const of = ["gateway/availability", "gateway/latency"];
const fast = { ...slow, objective: 99.9 };
const journey = { name: "journey", objective: 99, sli: { kind: "composite", as: "worst", of } };
const quiet = { alerting: { enabled: false } };
const page = { pagerduty: { secret: "pagerduty" } };

function planOf(...slos: readonly object[]) {
  const receivers = { default: { page, ticket: page } };
  const services = [{ name: "gateway", owner: "ml", slos }];
  const parsed = parse({ services, platform: { ...platform, receivers } });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

function findings(...slos: readonly object[]) {
  const check = checks.find(({ name }) => name === "composites");
  return check?.check(planOf(...slos)) ?? [];
}

test("a composite that pages beside its components is found, with what to write", () => {
  const [found, ...others] = findings(availability, fast, journey);
  expect(others).toEqual([]);
  expect(found).toMatchObject({ code: "pages-twice", path: ["gateway", "slos", 2, "dependsOn"] });
  expect(found?.hint).toContain('dependsOn: ["gateway/availability", "gateway/latency"]');
});

test("the hint keeps what it depends on already, and names what is left", () => {
  const [found] = findings(availability, fast, { ...journey, dependsOn: [of[0]] });
  expect(found?.message).not.toContain("availability");
  expect(found?.hint).toContain('dependsOn: ["gateway/availability", "gateway/latency"]');
});

test.each([
  ["it depends on them", [availability, fast, { ...journey, dependsOn: of }]],
  ["it does not alert", [availability, fast, { ...journey, ...quiet }]],
  ["they do not alert", [{ ...availability, ...quiet }, { ...fast, ...quiet }, journey]],
])("nothing is found where %s", (_name, slos) => expect(findings(...slos)).toEqual([]));

test.each([
  ["10s", [availability, fast, journey]],
  ["1m10s", [availability, fast, { ...journey, dependsOn: of }]],
])("explain says that pages wait for %s, as the route has it", (wait, slos) => {
  const plan = planOf(...slos);
  const route = compileRoutes(plan)
    .routes?.filter(({ receiver }) => receiver === "ml-page")
    .at(-1);
  expect(route?.group_wait).toBe(wait);
  const explained = plan.services.flatMap((service) => service.slos).map((slo) => explain(plan, slo));
  for (const { sections } of explained)
    expect(sections.flatMap(({ rows }) => rows)).toContainEqual([
      "group wait",
      // A composite has no targets of its own.
      expect.stringMatching(`^${wait} for pages, 5m for tickets(, 1m for dead targets)?, in Alertmanager$`),
    ]);
});
