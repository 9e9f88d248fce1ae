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
        claims: [
          ["110m", tickets, { '{slo="shop"}': 1 }],
          ["150m", tickets, {}],
        ],
      },
      {
        series: { ...series("auth", "0x320"), ...series("shop", SLOW) },
        claims: [["150m", tickets, { '{slo="shop"}': 1 }]],
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
      { series: both, claims: [["150m", byModel, { '{model="b"}': 1 }]] },
      {
        series: {
          ...both,
          ...series("auth", "0x240", ',model="a"'),
          'up{job="auth",instance="i"}': "1x240 0x80",
          'auth_total{job="auth",instance="i",model="a"}': "0+1000x240",
        },
        claims: [
          ["110m", byModel, { '{model="a"}': 1, '{model="b"}': 1 }],
          ["150m", byModel, {}],
        ],
      },
    ]);
  });
});
