/** Inhibition rules of others that compare labels which firebreak's alerts do not have. */
import { expect, test } from "vitest";
import { mergeInto } from "../../../src/emit/alertmanager/merge.ts";
import { mutedByOthers } from "../../../src/emit/alertmanager/muted-by-others.ts";
import { compileConfig } from "../../../src/emit/alertmanager.ts";
import { theirs } from "../../support/foreign-alertmanager.ts";
import { planFixture } from "../../support/plan-fixture.ts";

const severities = { page: "critical", ticket: "warning", info: "info" };
const slos = [{ id: "gateway/availability", groupBy: ["model"] }, { id: "gateway/latency" }];
const plan = planFixture(slos, { severities });

const critical = { source_match: { severity: "critical" }, target_match_re: { severity: "warning|info" } };
const matchers = { source_matchers: ['severity="critical"'], target_matchers: ["severity=~warning|info"] };

/** A configuration with these rules. */
function configuration(...rules: readonly object[]): string {
  return `${theirs}inhibit_rules:\n${rules.map((rule) => `- ${JSON.stringify(rule)}\n`).join("")}`;
}

function muted(...rules: readonly object[]): unknown[] {
  return mutedByOthers(configuration(...rules), plan, "am.yaml").map(({ code, path }) => [code, path.slice(1)]);
}

const FIRST = [["muted-by-others", ["inhibit_rules", 0]]];

test.each<[string, object]>([
  ["a label that they lack", { ...critical, equal: ["instance"] }],
  ["several labels that they lack, in matchers", { ...matchers, equal: ["cluster", "service"] }],
  ["nothing", critical],
  ["what several SLOs have alike", { ...critical, equal: ["slo_service"] }],
  ["a label that some of them lack", { ...critical, equal: ["model", "namespace"] }],
])("a rule that compares %s is named", (_name, rule) => {
  expect(muted(rule)).toEqual(FIRST);
});

test.each<[string, object]>([
  ["compares names, as kube-prometheus's do", { ...critical, equal: ["namespace", "alertname"] }],
  ["compares SLOs", { ...critical, equal: ["slo_service", "slo"] }],
  ["leaves firebreak's alerts out", { ...matchers, target_matchers: ["severity=warning", 'slo_service=""'] }],
  [
    "is about other alerts",
    { source_matchers: ["alertname=NodeDown"], target_matchers: ['severity!=""'], equal: ["node"] },
  ],
  ["has the same on both sides", { source_matchers: ['severity!=""'], target_matchers: ['severity!=""'] }],
])("a rule that %s is not", (_name, rule) => {
  expect(muted(rule)).toEqual([]);
});

test("an alert of another service is named first, where there is one", () => {
  const two = planFixture([...slos, { id: "chat/availability" }], { severities });
  const [issue] = mutedByOthers(configuration(critical), two, "am.yaml");
  const [source, target] = [...(issue?.message ?? "").matchAll(/`(\w+)[/`]/g)].map(([, service]) => service);
  expect(source).not.toBe(target);
});

test("the rules that firebreak put there itself are not named", () => {
  const dependent = planFixture([...slos, { id: "chat/availability", dependsOn: ["gateway/availability"] }], {
    severities,
  });
  const merged = mergeInto(configuration(critical), compileConfig(dependent), "am.yaml");
  if (!("text" in merged)) throw new Error(JSON.stringify(merged.issues));
  expect(mutedByOthers(merged.text, dependent, "am.yaml").map(({ path }) => path)).toEqual([
    ["am.yaml", "inhibit_rules", 0],
  ]);
});

test("a configuration without rules, or with one that is empty, mutes nothing", () => {
  expect(mutedByOthers(theirs, plan, "am.yaml")).toEqual([]);
  expect(mutedByOthers(`${theirs}inhibit_rules:\n-\n`, plan, "am.yaml")).toEqual([]);
});
