/** Composites of SLOs in several services, from raw series on: known histories on the real rules. */
import { expect, test } from "vitest";
import { compile } from "../../src/compile/compile.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { composite, events } from "../../src/index.ts";
import type { CompositeDeclaration, SloDeclaration } from "../../src/model/declaration.ts";
import { parse } from "../../src/model/parse.ts";
import { describeWithEngine } from "../support/engines.ts";
import { expectHistories } from "./history.ts";

const a: SloDeclaration = { name: "a", objective: 99, sli: events({ total: "a_total", bad: "a_errors_total" }) };
const b: SloDeclaration = { name: "b", objective: 99, sli: events({ total: "b_total", bad: "b_errors_total" }) };

function planFor(sli: CompositeDeclaration, change: Partial<SloDeclaration> = {}): Plan {
  const service = (name: string, slos: readonly SloDeclaration[]) => ({
    name,
    owner: "team",
    runbooks: "https://runbooks.example.com",
    slos,
  });
  const journey: SloDeclaration = { name: "j", objective: 99, sli, ...change };
  const parsed = parse({ services: [service("one", [a]), service("two", [b]), service("zoo", [journey])] });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

const ID = '{slo_service="zoo",slo="j"}';

/** a: 1000 events a minute, 2 % bad. b: 10 a minute, 10 % bad in the second half hour, and then none at all. */
const series = {
  'up{job="x",instance="x"}': "1x400",
  'a_total{job="x",instance="x"}': "0+500x400",
  'a_errors_total{job="x",instance="x"}': "0+10x400",
  'b_total{job="x",instance="x"}': "0+100x120 12000x280",
  'b_errors_total{job="x",instance="x"}': "0x60 0+10x60 600x280",
};

describeWithEngine("promtool", "composites on the real engine", () => {
  // In the last hour before 60m, an evaluation or two late, 2 % of a and 5 % of b are bad.
  test.each([
    ["worst", ["one/a", "two/b"], 0.05],
    ["serial", ["one/a", "two/b"], 1 - 0.98 * 0.95],
    [
      "weighted",
      [
        { slo: "one/a", weight: 1 },
        { slo: "two/b", weight: 2 },
      ],
      (0.02 + 2 * 0.05) / 3,
    ],
  ] as const)(
    "%s",
    async (as, of, expected) => {
      const plan = planFor(composite({ of, as } as Omit<CompositeDeclaration, "kind"> as CompositeDeclaration));
      await expectHistories(plan, [
        {
          series,
          claims: [
            // From 61m on, both windows are whole: the components' base is a scrape, a settle time and an evaluation late.
            ["61m", `round(slo:error_ratio:rate1h${ID}, 0.0001)`, { [ID]: Math.round(expected * 10_000) / 10_000 }],
            ["61m", 'ALERTS{alertname="SloBurnPageFast", alertstate="firing", slo="j"}', {}],
          ],
        },
      ]);
    },
    200_000,
  );
});
