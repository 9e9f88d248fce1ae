/** Who reads what a change takes away. */
import { describe, expect, test } from "vitest";
import { diff } from "../../../src/diff/diff.ts";
import { readRules } from "../../../src/diff/readers/read-rules.ts";
import { events, type ServiceDeclaration } from "../../../src/index.ts";
import { availability, planOf, shop, slow } from "../planned.ts";

const renamed = { ...shop, slos: [{ ...availability, name: "success" }, slow] };

function ruleFile(expr: string): string {
  return JSON.stringify({ groups: [{ name: "team", rules: [{ alert: "TeamAlert", expr }] }] });
}

/** Messages of what is still read where `shop` becomes another. */
function stillRead(expr: string, after: ServiceDeclaration = renamed, before: ServiceDeclaration = shop): string[] {
  const { readers, issues } = readRules(ruleFile(expr), "team.yaml");
  expect(issues).toEqual([]);
  const { breaks } = diff(planOf(before), planOf(after), readers);
  return breaks.filter(({ kind }) => kind === "still-read").map(({ message }) => message);
}

describe("a rule of the user's own", () => {
  test("that reads what is renamed is named, with what it reads", () => {
    expect(stillRead('slo:error_ratio:rate1h{slo="availability"} > 0.5')).toEqual([
      '`TeamAlert` in `team.yaml` reads `slo:error_ratio:rate1h{slo="availability"}`, and no rule makes it any more.',
    ]);
  });

  test.each([
    ["something that stays", 'slo:error_ratio:rate1h{slo="latency"}'],
    ["all SLOs, of which one stays", "slo:error_ratio:rate1h"],
    ["one of several", 'slo:error_ratio:rate1h{slo=~"availability|latency"}'],
    ["what no rule ever made", "slo:error_ratio:rate17m"],
    ["a metric of its own", "requests_total"],
  ])("that reads %s is not", (_what, expr) => {
    expect(stillRead(expr)).toEqual([]);
  });

  test("is found by patterns, by names in a matcher, and deep inside an expression", () => {
    expect(stillRead('max_over_time((1 - slo:error_ratio:rate1h{slo=~"avail.*"})[1h:])')).toHaveLength(1);
    expect(stillRead('{__name__="slo:error_ratio:rate1h", slo="availability"}')).toHaveLength(1);
  });

  test("may read the series of alerts, too", () => {
    expect(stillRead('ALERTS{alertname="SloBurnPageFast", slo="availability"}')).toHaveLength(1);
    expect(stillRead('ALERTS{alertname="SloBurnPageFast"}')).toEqual([]);
  });

  test("belongs to what went", () => {
    const { readers } = readRules(ruleFile('slo:info{slo="availability"}'), "team.yaml");
    const { breaks } = diff(planOf(shop), planOf(renamed), readers);
    expect(breaks.find(({ kind }) => kind === "still-read")).toMatchObject({ type: "slo", id: "shop/availability" });
  });
});

test("an SLO that counts what another records is named, without any file", () => {
  const reader: ServiceDeclaration = {
    ...shop,
    name: "meta",
    slos: [
      {
        ...availability,
        sli: events({
          total: "t_total",
          bad: { promql: 'rate(slo:bad:increase{slo_service="shop", slo="availability"}[5m])' },
        }),
      },
    ],
  };
  const { breaks } = diff(planOf([shop, reader]), planOf([renamed, reader]));
  expect(breaks.filter(({ kind }) => kind === "still-read").map(({ message }) => message)).toEqual([
    '`meta/availability` reads `slo:bad:increase{slo_service="shop", slo="availability"}`, and no rule makes it any more.',
  ]);
});

describe("a rule file", () => {
  test("may be an object of Kubernetes, or several documents", () => {
    const object = {
      kind: "PrometheusRule",
      spec: { groups: [{ name: "g", rules: [{ record: "a:b", expr: "sum(x)" }] }] },
    };
    const text = `${JSON.stringify(object)}\n---\n${ruleFile("y > 1")}`;
    expect(readRules(text, "f").readers.map(({ expr }) => expr)).toEqual(["sum(x)", "y > 1"]);
  });

  test.each([
    ["what is not YAML", "a: [", /not YAML/],
    ["no rules", "a: 1", /no groups/],
    ["an expression that does not parse", ruleFile("sum(("), /TeamAlert/],
  ])("with %s is a warning", (_what, text, message) => {
    const [issue] = readRules(text, "f.yaml").issues;
    expect(issue).toMatchObject({
      code: "rules-unreadable",
      level: "warning",
      message: expect.stringMatching(message),
    });
  });
});
