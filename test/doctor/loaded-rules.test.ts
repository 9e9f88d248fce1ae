/** Rule groups as a server says that they run: not at all, late, long ago, or as they should. */
import { expect, test } from "vitest";
import { groupsOf } from "../../src/compile/plan.ts";
import { diagnose } from "../../src/doctor/doctor.ts";
import { planOf, shop } from "../diff/planned.ts";
import { pretend, sound } from "./pretended.ts";

const plan = planOf(shop);
const names = plan.services.flatMap(groupsOf).map(({ name }) => name);

/** What is said of the rules where every group of these runs so. */
async function said(running: object, loaded: readonly string[] = names): Promise<string[]> {
  const group = { interval: 30, lastEvaluation: new Date().toISOString(), rules: [], ...running };
  const groups = loaded.map((name) => ({ name, ...group }));
  const to = await pretend((question) => (question.path === "rules" ? { groups } : sound(question)));
  const { issues } = await diagnose(plan, to);
  return [...new Set(issues.map(({ code }) => code).filter((code) => code.startsWith("rules-")))];
}

test("groups that run in time are left alone, also where the server does not say how long they take", async () => {
  expect(await said({ evaluationTime: 29 })).toEqual([]);
  expect(await said({})).toEqual([]);
});

test("a group that takes longer than its interval is late", async () => {
  expect(await said({ evaluationTime: 31 })).toEqual(["rules-late"]);
});

test("a group that was not evaluated for long is stale, but not one that never was", async () => {
  expect(await said({ lastEvaluation: new Date(0).toISOString() })).toEqual(["rules-stale"]);
  expect(await said({ lastEvaluation: "0001-01-01T00:00:00Z" })).toEqual([]);
});

test("a group is missed where only the slow one beside it is loaded", async () => {
  const slow = names.filter((name) => name.endsWith(":slow"));
  expect(slow).not.toEqual([]);
  expect(await said({}, slow)).toEqual(["rules-not-loaded"]);
});

test("a group that is loaded in parts is not missed", async () => {
  expect(
    await said(
      {},
      names.flatMap((name) => [`${name}:2`, `${name}:alerts`]),
    ),
  ).toEqual([]);
});
