/** What the simulation says fires is what fires in promtool, with the same rules over the same history. */
import { expect, test } from "vitest";
import { events, type SloDeclaration } from "../../src/index.ts";
import { historyOf, type Stretch } from "../../src/simulate/history.ts";
import { recordedOf } from "../../src/simulate/recorded.ts";
import { firingsOf } from "../../src/simulate/ruler.ts";
import { watchedOf } from "../../src/simulate/watched.ts";
import { planOf } from "../diff/planned.ts";
import { describeWithEngine } from "../support/engines.ts";
import { objections, type Said } from "./promtool.ts";

describeWithEngine("promtool", "the simulation", () => {
  test("says when a full outage pages and when that ends", async () => {
    const outage = [quiet(7200), { seconds: 1800, rate: 100, bad: [1, 1] } as const, quiet(7200)];
    const { plan, said } = simulated({ "error-rate": [{}, outage] });
    expect(said[0]?.firings.map((spans) => spans.length)).toEqual([1, 0, 0, 0]);
    expect(await objections(plan, said)).toBe("");
  });
});

function quiet(seconds: number): Stretch {
  return { seconds, rate: 100, bad: [0, 0] };
}

type Played = readonly [Partial<SloDeclaration>, readonly Stretch[]];

function simulated(all: Readonly<Record<string, Played>>) {
  const slos = Object.entries(all).map(([name, [own]]): SloDeclaration => {
    const metric = name.replaceAll("-", "_");
    return { name, objective: 99.9, sli: events({ total: `${metric}_total`, bad: `${metric}_bad_total` }), ...own };
  });
  const plan = planOf({ name: "shop", owner: "web", runbooks: "https://runbooks.example.com", slos });
  const planned = plan.services.flatMap((service) => service.slos);
  const said = planned.map((slo): Said => {
    const history = historyOf(all[slo.slo.name]?.[1] ?? [], slo.slo.scrapeSeconds);
    // promtool evaluates every group at every evaluation.
    const watched = watchedOf(slo, slo.slo.evaluationSeconds);
    return { slo, history, firings: firingsOf(watched, recordedOf(history, slo)) };
  });
  return { plan, said };
}
