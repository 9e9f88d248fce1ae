/** Tickets of what depends on something that pages: they end in their own rule, so that their end is sent. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { expectHistories, planOfAll } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const slo = (name: string, more: Partial<SloDeclaration> = {}): SloDeclaration => ({
  name,
  objective: 99,
  window: "1d",
  sli: { kind: "events", total: `${name}_total{job="${name}"}`, bad: `${name}_errors_total{job="${name}"}` },
  ...more,
});
const series = (name: string, bad: string, labels = "") => ({
  [`up{job="${name}",instance="i"}`]: "1x320",
  [`${name}_total{job="${name}",instance="i"${labels}}`]: "0+1000x320",
  [`${name}_errors_total{job="${name}",instance="i"${labels}}`]: bad,
});
/** Four times the budget all the time: a ticket, and no page. */
const SLOW = "0+40x320";
/** The same, and from minute 120 on everything. */
const OUTAGE = "0x240 0+1000x80";
const tickets = 'count by (slo) (ALERTS{alertstate="firing",tier="ticket-fast",slo="shop"})';

describeWithEngine("promtool", "a ticket that is out before what it depends on pages", () => {
  test("ends when that begins to page, and no other does", () =>
    expectHistories(planOfAll([slo("auth"), slo("shop", { dependsOn: ["svc/auth"] })]), [
      {
        series: { ...series("auth", OUTAGE), ...series("shop", SLOW) },
        expectations: [
          ["110m", tickets, { '{slo="shop"}': 1 }],
          ["150m", tickets, {}],
        ],
      },
      {
        series: { ...series("auth", "0x320"), ...series("shop", SLOW) },
        expectations: [["150m", tickets, { '{slo="shop"}': 1 }]],
      },
    ]));

  test("ends for the group that both share, and for targets that are down", async () => {
    const model = { groupBy: ["model"] };
    const plan = planOfAll([slo("auth", model), slo("shop", { ...model, dependsOn: ["svc/auth"] })]);
    const both = {
      ...series("shop", SLOW, ',model="a"'),
      ...series("shop", SLOW, ',model="b"'),
      ...series("auth", OUTAGE, ',model="a"'),
    };
    const byModel = 'count by (model) (ALERTS{alertstate="firing",tier="ticket-fast",slo="shop"})';
    await expectHistories(plan, [
      { series: both, expectations: [["150m", byModel, { '{model="b"}': 1 }]] },
      {
        series: {
          ...both,
          ...series("auth", "0x240", ',model="a"'),
          'up{job="auth",instance="i"}': "1x240 0x80",
          'auth_total{job="auth",instance="i",model="a"}': "0+1000x240",
        },
        expectations: [
          ["110m", byModel, { '{model="a"}': 1, '{model="b"}': 1 }],
          ["150m", byModel, {}],
        ],
      },
    ]);
  });
});

describeWithEngine("promtool", "the silent source that holds back a dependant's pages", () => {
  const plan = planOfAll([slo("auth"), slo("shop", { dependsOn: ["svc/auth"] })]);
  const source = 'count by (depends_on) (ALERTS{alertname="SloUpstreamDown",alertstate="firing",slo="shop"})';
  const begun = { '{depends_on="svc/auth"}': 1 };
  const pages = 'group by (slo) (ALERTS{alertstate="firing",severity="page",slo=~"auth|shop"})';
  const counters = (name: string, bad: string) => ({
    [`up{job="${name}",instance="i"}`]: "1x480",
    [`${name}_total{job="${name}",instance="i"}`]: "0+1000x480",
    [`${name}_errors_total{job="${name}",instance="i"}`]: bad,
  });
  /** From minute 120 to minute 130. */
  const BRIEF = "0x240 0+1000x20 20000x220";

  test("begins with an outage of both, and ends when the errors have left the dependant's short windows", () =>
    expectHistories(plan, [
      {
        series: { ...counters("auth", BRIEF), ...counters("shop", BRIEF) },
        expectations: [
          ["126m", source, begun],
          ["200m", source, {}],
        ],
      },
    ]));

  test("does not begin while a page of the dependant is out, whose end would not be sent", () =>
    expectHistories(plan, [
      {
        series: { ...counters("auth", "0x280 0+1000x200"), ...counters("shop", "0x240 0+1000x240") },
        expectations: [
          ["150m", pages, { '{slo="auth"}': 1, '{slo="shop"}': 1 }],
          ["150m", source, {}],
          ["230m", source, {}],
        ],
      },
    ]));

  test("does not begin for targets of the upstream that are found dead after the dependant's page", () =>
    expectHistories(plan, [
      {
        series: {
          ...counters("shop", "0x240 0+1000x240"),
          'up{job="auth",instance="i"}': "1x240 0x240",
          'auth_total{job="auth",instance="i"}': "0+1000x240",
          'auth_errors_total{job="auth",instance="i"}': "0x240",
        },
        expectations: [
          ["150m", 'group by (job) (ALERTS{alertname="SloTargetsDown",alertstate="firing"})', { '{job="auth"}': 1 }],
          ["150m", source, {}],
        ],
      },
    ]));

  test("does not hold back a failure of the dependant's own an hour later", () =>
    expectHistories(plan, [
      {
        series: { ...counters("auth", BRIEF), ...counters("shop", "0x240 0+1000x20 20000x140 20000+1000x80") },
        expectations: [
          ["215m", pages, { '{slo="shop"}': 1 }],
          ["215m", source, {}],
        ],
      },
    ]));
});
