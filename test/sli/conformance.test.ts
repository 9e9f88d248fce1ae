/** Every SLI kind of the registry, before its author has written a test: schema, counts, words and rules. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { measureSlo } from "../../src/compile/slo/measure-slo.ts";
import type { PlatformDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { timeSlices } from "../../src/index.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { print } from "../../src/promql/print.ts";
import type { Base } from "../../src/sli/counting/base.ts";
import { type KindName, kindOf, kinds, type Sli } from "../../src/sli/index.ts";
import type { Counts } from "../../src/sli/kind.ts";
import { isSound } from "../promql/read-back.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { planOf } from "./history.ts";

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
const methods = [timeSlices({ slice: "5m", target: 99 }), timeSlices({ slice: "2m", target: 90 })] as const;

/** Only what counts events can be counted in slices. */
function methodsOf(kind: KindName): readonly (SloDeclaration["budgeting"] | undefined)[] {
  return kinds[kind].method === "events" && kind !== "composite" ? [undefined, ...methods] : [undefined];
}

/** `good` only where a kind has slices, and then all three. */
function noTrafficOf(kind: KindName): readonly SloDeclaration["noTraffic"][] {
  if (kind === "composite") return [undefined];
  return kinds[kind].method === "slices" ? ["ignore", "bad", "good"] : ["ignore"];
}

interface Counted {
  readonly counts: Counts;
  readonly base: Base;
  readonly sli: Sli;
}

function countedBy(change: Partial<SloDeclaration>, platform: PlatformDeclaration = {}): Counted {
  const plan = planOf(change, platform);
  const slo = plan.services[0]?.slos[0]?.slo;
  if (!slo) throw new Error("the plan has no SLO");
  const { base } = measureSlo(slo, plan.platform);
  return { sli: slo.sli, base, counts: kindOf(slo.sli).counts(slo.sli, base) };
}

/** What is recorded for good: what is made before is by series. */
function recorded({ total, part }: Counts): Expr[] {
  return [total, part.expr];
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
      const { counts } = countedBy({ sli: example, groupBy });
      for (const expr of [...(counts.before ?? []).map((one) => one.expr), ...recorded(counts)])
        expect([print(expr), isSound(print(expr))]).toEqual([print(expr), true]);
    },
  );

  test("groups by exactly the labels of group and identity", () => {
    const { counts } = countedBy({ sli: example, groupBy: ["model"] }, { identity: ["cluster"] });
    // What tells the components of a composite apart is put on afterwards.
    for (const expr of recorded(counts)) expect(resultLabels(expr)).toEqual(["cluster", "model"]);
  });

  test("says of its total what the name does not", () => {
    const { comments, part } = countedBy({ sli: example }).counts;
    expect(comments.total).toMatch(/^[A-Z].*\.$/);
    expect(["bad", "good"]).toContain(part.of);
  });

  test("knows its targets unless it is an expression or made of others", () => {
    const { counts, sli } = countedBy({ sli: example });
    expect(counts.totalSeries === undefined).toBe(isOfOthers(sli));
  });

  test("is explained in words", () => {
    const { words } = planOf({ sli: example }).services[0]?.slos[0] ?? {};
    for (const word of [words?.good, words?.bad, words?.unit]) expect(word).toMatch(/^[a-z`]\S*( .*\S)?$/);
  });

  test("writes a history unless it is an expression or made of others", () => {
    const { sli, base } = countedBy({ sli: example });
    expect(kindOf(sli).history(sli, base) === undefined).toBe(isOfOthers(sli));
  });
});

function isOfOthers(sli: Sli): boolean {
  return JSON.stringify(sli).includes('"promql"') || sli.kind === "composite";
}

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

/** Writes the rules of one SLO; gives the path. */
function write(name: string, plan: Plan): string[] {
  return prometheus.emit(plan, {}).map((file) => {
    const path = join(name, file.path);
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), render(file));
    return path;
  });
}

describeWithEngine("promtool", "the kinds on the real engine", () => {
  test("promtool accepts the rules of every kind, group, no-traffic choice and method", async () => {
    const rules = cases.flatMap(({ title, kind, example: sli }) =>
      methodsOf(kind).flatMap((budgeting, method) =>
        groupings.flatMap((groupBy) =>
          noTrafficOf(kind).flatMap((noTraffic) => {
            const choice = { ...(noTraffic && { noTraffic }), ...(budgeting && { budgeting }) };
            return write(`${title} ${method} ${groupBy} ${noTraffic}`, planOf({ sli, groupBy, ...choice }));
          }),
        ),
      ),
    );
    expect(rules.length).toBeGreaterThan(100);
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", ...rules], {
      cwd: dir,
    });
    expect(`${stdout}${stderr}`).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
