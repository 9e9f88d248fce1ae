/** Answers that no Prometheus gives, or that only some of its relatives give. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { diagnose } from "../../../src/doctor/doctor.ts";
import { latency, spend, usd } from "../../../src/index.ts";
import { availability, planOf, shop, slow } from "../../diff/planned.ts";
import { pretend, type Question, type Respond, sound, vectorOf } from "../pretended.ts";

const plan = planOf(shop);

async function codes(respond: Respond, declared = plan): Promise<string[]> {
  return (await diagnose(declared, await pretend(respond))).issues.map(({ code }) => code);
}

test.each<[unknown]>([[null], [5], ["up"], [[]], [{}], [{ resultType: "vector" }], [{ result: {} }]])(
  "a server that answers everything with %j is one issue: it is no Prometheus",
  async (data) => expect(await codes(() => data)).toEqual(["prometheus-unreachable"]),
);

test("an answer that is no vector ends the questions, and is shown", async () => {
  const connection = await pretend((question) => (question.path === "query" ? { result: "none" } : sound(question)));
  const { issues } = await diagnose(plan, connection);
  const [issue, ...others] = issues.filter(({ code }) => code !== "rules-not-loaded");
  expect([issue?.code, issue?.path, others]).toEqual(["prometheus-unreachable", ["--prometheus"], []]);
  expect(issue?.message).toContain('{"status":"success","data":{"result":"none"}}');
});

test("whatever is answered, nothing ends in a stack", async () => {
  const paths = ["query", "series", "rules", "targets", "alertmanagers"].concat(
    ["buildinfo", "runtimeinfo", "flags", "config", "tsdb"].map((name) => `status/${name}`),
  );
  const answers = fc.dictionary(fc.constantFrom(...paths), fc.jsonValue({ maxDepth: 3 }));
  await fc.assert(
    fc.asyncProperty(answers, async (other) => {
      const respond = (question: Question): unknown => other[question.path] ?? sound(question);
      expect(await codes(respond)).toBeInstanceOf(Array);
    }),
    { numRuns: 50 },
  );
});

test("a server that does not say how often it scrapes is not held to it", async () => {
  const targets = { activeTargets: [{ labels: { job: "shop" } }] };
  const found = await codes((question) => (question.path === "targets" ? targets : sound(question)));
  expect(found).not.toContain("scrape-interval-differs");
});

test("the traffic of a native histogram is counted: its rate is a histogram, and has no value", async () => {
  const sli = latency({ histogram: "request_duration_seconds", threshold: "1s", type: "native" });
  const declared = planOf({ ...shop, slos: [{ ...slow, sli, eventsPerDay: 1_000_000 }] });
  const respond: Respond = (question) =>
    /^sum\(rate/.test(question.query) ? vectorOf({ histogram: [0, { count: "1", sum: "1" }] }) : sound(question);
  expect(await codes(respond, declared)).toContain("traffic-differs");
});

test("a value of objectives or limits that no series has is held to nothing, and is told at its place", async () => {
  const by = { groupBy: ["model"], objectives: { "gpt-4": 95 } };
  const limits = { "gpt-4": usd(300) };
  const budget = spend({ name: "daily", metric: "cost_dollars_total", per: "day", by: ["model"], limits });
  const declared = planOf({ ...shop, slos: [{ ...availability, ...by }], budgets: [budget] });
  const paths = async (series: readonly object[]): Promise<string[]> => {
    const respond: Respond = (question) => {
      if (question.path === "series") return series;
      return question.query.includes('=""') ? vectorOf() : sound(question);
    };
    const { issues } = await diagnose(declared, await pretend(respond));
    return issues.filter(({ code }) => code === "value-never-seen").map(({ path }) => path.join("."));
  };
  expect(await paths([])).toEqual(["shop.slos.0.objectives", "shop.budgets.0.limits.gpt-4"]);
  expect(await paths([{ model: "gpt-4" }])).toEqual([]);
});
