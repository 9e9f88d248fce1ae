/** Every SLI kind of the registry, before its author has written a test: schema, counts, words, rules and proofs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import { measureOf } from "../../src/compile/measure.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { timeSlices } from "../../src/index.ts";
import type { BudgetingDeclaration, SloDeclaration } from "../../src/model/declaration.ts";
import { parse } from "../../src/model/parse.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { print } from "../../src/promql/print.ts";
import type { Base } from "../../src/sli/base.ts";
import { type KindName, kindOf, kinds, type Sli } from "../../src/sli/index.ts";
import { isSound } from "../promql/read-back.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { componentsFor, planOf } from "./history.ts";

interface Case {
  readonly title: string;
  readonly kind: KindName;
  readonly example: SloDeclaration["sli"];
}

const cases: readonly Case[] = Object.entries(kinds).flatMap(([kind, { examples }]) =>
  examples.map((example, index) => ({
    title: `${kind} ${index + 1}`,
    kind: kind as KindName,
    example: example as SloDeclaration["sli"],
  })),
);
const groupings = [[], ["model"]] as const;
const methods = [
  timeSlices({ slice: "5m", target: 99 }),
  timeSlices({ slice: "2m", target: 90 }),
] as const satisfies readonly BudgetingDeclaration[];

/** Only what counts events can be counted in slices. */
function methodsOf(kind: KindName): readonly BudgetingDeclaration[] {
  return kinds[kind].method === "events" && kind !== "composite" ? methods : [];
}

/** `good` only where a kind has slices, and then all three. */
function noTrafficOf(kind: KindName): readonly ("ignore" | "bad" | "good" | undefined)[] {
  if (kind === "composite") return [undefined];
  return kinds[kind].method === "slices" ? ["ignore", "bad", "good"] : ["ignore"];
}

function baseOf(plan: Plan): Base {
  const [slo] = plan.services[0]?.slos ?? [];
  if (!slo) throw new Error("the plan has no SLO");
  return measureOf(slo.slo, plan.platform, []).base;
}

describe.each(cases)("$title", ({ kind, example }) => {
  test("is declared as its schema reads it, and no other kind's", () => {
    expect(kinds[kind].schema.safeParse(example)).toMatchObject({ success: true, data: { kind } });
    const others = Object.entries(kinds).filter(([name]) => name !== kind);
    expect(others.filter(([, other]) => other.schema.safeParse(example).success)).toEqual([]);
  });

  test("with a field that nobody knows is refused", () => {
    expect(kinds[kind].schema.safeParse({ ...example, nonsense: 1 }).success).toBe(false);
  });

  test.each(groupings.map((groupBy) => ({ groupBy, by: groupBy.join() })))(
    "counts in sound PromQL by [$by]",
    ({ groupBy }) => {
      const plan = planOf({ sli: example, groupBy });
      const { sli } = firstSlo(plan);
      const { total, bad, broken } = kindOf(sli).counts(sli, baseOf(plan));
      for (const expr of [total, bad, ...broken.map((one) => one.expr)])
        expect([print(expr), isSound(print(expr))]).toEqual([print(expr), true]);
    },
  );

  test("groups by exactly the labels of group and identity", () => {
    const plan = planOf({ sli: example, groupBy: ["model"] }, { identity: ["cluster"] });
    const { sli } = firstSlo(plan);
    const { total, bad } = kindOf(sli).counts(sli, baseOf(plan));
    expect(resultLabels(total)).toEqual(["cluster", "model"]);
    expect(resultLabels(bad)).toEqual(["cluster", "model"]);
  });

  test("names every reason of a breakage once", () => {
    const plan = planOf({ sli: example });
    const { sli } = firstSlo(plan);
    const reasons = kindOf(sli)
      .counts(sli, baseOf(plan))
      .broken.map(({ reason }) => reason);
    expect(new Set(reasons).size).toBe(reasons.length);
    expect(reasons.every((reason) => /^[a-z]+(-[a-z]+)+$/.test(reason))).toBe(true);
  });

  test("is explained in words", () => {
    const { words } = planOf({ sli: example }).services[0]?.slos[0] ?? {};
    for (const word of [words?.good, words?.bad, words?.unit]) expect(word).toMatch(/^[a-z`]\S*( .*\S)?$/);
  });

  test("writes a history unless it is an expression or made of others", () => {
    const plan = planOf({ sli: example });
    const { sli } = firstSlo(plan);
    const isExpression = JSON.stringify(sli).includes('"promql"') || sli.kind === "composite";
    expect(kindOf(sli).history(sli, baseOf(plan)) === undefined).toBe(isExpression);
  });

  test("is proven, also where it is an expression", () => {
    const files = proofs.emit(planOf({ sli: example }), {});
    expect(files.map(({ path }) => path)).toEqual(["prometheus/svc.tests.yaml", "prometheus/svc.long.tests.yaml"]);
  });
});

/** Labels of the samples that an expression gives, where its form tells. */
function resultLabels(expr: Expr): readonly string[] | undefined {
  switch (expr.node) {
    case "aggregation":
      return [...expr.by].sort();
    case "call":
      return expr.args.map(resultLabels).find((labels) => labels !== undefined);
    case "binary": {
      if (expr.op === "and" || expr.op === "unless") return resultLabels(expr.left);
      const [left, right] = [resultLabels(expr.left), resultLabels(expr.right)];
      if (left && right) expect(left).toEqual(right);
      return left ?? right;
    }
    default:
      return undefined;
  }
}

const dir = mkdtempSync(join(tmpdir(), "firebreak-conformance-"));
afterAll(() => rmSync(dir, { recursive: true }));

/** Writes the rules and proofs of one SLO; gives the paths of both. */
function write(name: string, plan: Plan): { rules: string[]; tests: string[] } {
  mkdirSync(join(dir, name, "prometheus"), { recursive: true });
  const emit = (target: typeof prometheus): string[] =>
    target.emit(plan, {}).map((file) => {
      const path = join(name, file.path);
      writeFileSync(join(dir, path), render(file));
      return path;
    });
  return { rules: emit(prometheus), tests: emit(proofs) };
}

function planFor(example: unknown, change: object): Plan {
  const slo = { name: "s", objective: 99.9, sli: example, ...change } as SloDeclaration;
  const parsed = parse({
    services: [
      { name: "svc", owner: "team", runbooks: "https://runbooks.example.com", slos: [slo, ...componentsFor(slo)] },
    ],
  });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

describeWithEngine("promtool", "the kinds on the real engine", () => {
  test("promtool accepts the rules of every kind, group and no-traffic choice", async () => {
    const rules = cases.flatMap(({ title, kind, example }) =>
      groupings.flatMap((groupBy) =>
        noTrafficOf(kind).flatMap(
          (noTraffic) => write(`${title} ${groupBy} ${noTraffic}`, planFor(example, { groupBy, noTraffic })).rules,
        ),
      ),
    );
    const inSlices = cases.flatMap(({ title, kind, example }) =>
      methodsOf(kind).flatMap((budgeting, index) =>
        groupings.flatMap((groupBy) =>
          (["ignore", "bad", "good"] as const).flatMap(
            (noTraffic) =>
              write(`${title} ${index} ${groupBy} ${noTraffic}`, planFor(example, { groupBy, noTraffic, budgeting }))
                .rules,
          ),
        ),
      ),
    );
    rules.push(...inSlices);
    expect(inSlices.length).toBeGreaterThan(100);
    expect(rules.length).toBeGreaterThan(200);
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", ...rules], {
      cwd: dir,
    });
    expect(`${stdout}${stderr}`).not.toContain("FAILED");
    expect(status).toBe(0);
  }, 600_000);

  // Windows of a few days have short tiers, so that every history of every kind can be played.
  test.each(cases)(
    "the proofs of $title hold",
    async ({ title, example }) => {
      const groups = groupings.flatMap(
        (groupBy) => write(`${title} ${groupBy} 3d`, planFor(example, { groupBy, window: "3d" })).tests,
      );
      await expectProven(groups);
    },
    600_000,
  );

  const sliced = cases.flatMap((one) => methodsOf(one.kind).map((budgeting, index) => ({ ...one, budgeting, index })));
  test.each(sliced)(
    "the proofs of $title hold with a budget of slices, $index",
    async ({ title, example, budgeting, index }) => {
      const group = groupings[index] ?? [];
      const noTraffic = index === 0 ? "ignore" : "bad";
      await expectProven(
        write(`${title} slices ${index}`, planFor(example, { groupBy: group, window: "3d", budgeting, noTraffic }))
          .tests,
      );
    },
    600_000,
  );

  test("the proofs of the default window hold", async () => {
    await expectProven(write("30d", planFor(kinds.events.examples[0], { groupBy: ["model"] })).tests);
  }, 600_000);
});

async function expectProven(tests: readonly string[]): Promise<void> {
  expect(tests.length).toBeGreaterThan(0);
  const { status, stdout, stderr } = await runPromtool(["test", "rules", ...tests], { cwd: dir });
  expect(`${stdout}${stderr}`).not.toContain("FAILED");
  expect(status).toBe(0);
}

function firstSlo(plan: Plan): { readonly sli: Sli } {
  const slo = plan.services[0]?.slos[0]?.slo;
  if (!slo) throw new Error("the plan has no SLO");
  return slo;
}
