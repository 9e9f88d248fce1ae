/** Queries without an answer in time: which ones, and what else is asked. */
import { expect, test } from "vitest";
import { type Diagnosis, diagnose } from "../../src/doctor/doctor.ts";
import { events } from "../../src/index.ts";
import { availability, planOf, shop } from "../diff/planned.ts";
import { pretend, type Question, REFUSAL, type Respond, SILENCE, sound } from "./pretended.ts";

const plan = planOf(shop);

async function diagnosed(respond: Respond, declared = plan): Promise<Diagnosis> {
  return diagnose(declared, await pretend(respond));
}

function codes({ issues }: Diagnosis): string[] {
  return issues.map(({ code }) => code);
}

/** Leaves queries of these without an answer. */
function slowAt(pattern: RegExp): Respond {
  return (question) => (pattern.test(question.query) ? SILENCE : sound(question));
}

test("a slow query is named at its metric, and the others are asked", async () => {
  const asked: string[] = [];
  const { issues, cost } = await diagnosed((question: Question) => {
    asked.push(question.query);
    return slowAt(/^count\(requests_total\)/)(question);
  });
  const found = issues.filter(({ code }) => code === "query-slow");
  expect(found.map(({ path }) => path)).toEqual([["shop", "slos", 0, "sli", "total"]]);
  expect(found[0]?.message).toContain("`count(requests_total)`");
  expect(asked.some((query) => query.includes("sum(rate(request_duration_seconds_count"))).toBe(true);
  expect(cost).toBeUndefined();
});

test("a server that answers nothing any more is one issue, with the query that it was asked", async () => {
  let isDown = false;
  const found = await diagnosed((question) => {
    isDown ||= question.path === "query";
    return isDown ? SILENCE : sound(question);
  });
  const unreachable = found.issues.filter(({ code }) => code === "prometheus-unreachable");
  expect(unreachable.map(({ path }) => path)).toEqual([["--prometheus"]]);
  expect(unreachable[0]?.message).toContain("`count(");
  expect(codes(found)).not.toContain("query-slow");
});

test("a server that never answers is one issue", async () => {
  expect(codes(await diagnosed(() => SILENCE))).toEqual(["prometheus-unreachable"]);
});

test("a server that answers no query in time is not asked for ever", async () => {
  const many = Array.from({ length: 12 }, (_, index) => ({
    ...availability,
    name: `slo-${index}`,
    sli: events({ total: `requests_${index}_total`, bad: `errors_${index}_total` }),
  }));
  const found = codes(await diagnosed(slowAt(/./), planOf({ ...shop, slos: many })));
  expect(found.filter((code) => code === "query-slow")).toHaveLength(5);
  expect(found[0]).toBe("prometheus-unreachable");
});

test("slow rules and targets are told too, and settings that are slow are unknown", async () => {
  const slowPaths = ["rules", "targets", "status/config"];
  const { issues } = await diagnosed((question) => (slowPaths.includes(question.path) ? SILENCE : sound(question)));
  const found = issues.filter(({ code }) => code === "query-slow");
  expect(found.map(({ path, message }) => [path, /v1\/([a-z/]+)/.exec(message)?.[1]])).toEqual(
    [...slowPaths].sort().map((name) => [["--prometheus"], name]),
  );
});

test("a query that is refused is named at its metric", async () => {
  const { issues } = await diagnosed((question) =>
    question.query === "count(errors_total)" ? REFUSAL : sound(question),
  );
  const [issue] = issues;
  expect([issue?.code, issue?.path]).toEqual(["prometheus-unreachable", ["shop", "slos", 0, "sli", "bad"]]);
  expect(issue?.message).toMatch(/`count\(errors_total\)`.*too many samples/);
});
