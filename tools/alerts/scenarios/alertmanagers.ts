/** What happens to Alertmanager in the middle of an outage of an hour. */
import type { Fault, Scenario } from "../scenario.ts";
import { availability, outage, traffic } from "./shop.ts";

export const alertmanagers: readonly Scenario[] = [
  survives("restarted", "it is restarted", [{ minute: 20, do: "restart" }], [1, 1]),
  // What it sent since its last snapshot, which it takes every quarter of an hour, it has forgotten.
  survives("killed", "it is killed (kill -9) and starts again: notified twice", [{ minute: 20, do: "kill" }], [2, 1]),
  { ...survives("pair", "one of a pair dies", [{ minute: 20, do: "die", which: 0 }], [1, 1]), pair: "joined" },
  { ...survives("split", "the pair is split: notified twice", [], [2, 2]), pair: "split" },
];

function survives(name: string, title: string, faults: readonly Fault[], page: readonly [number, number]): Scenario {
  return {
    name: `alertmanager-${name}`,
    title: `Alertmanager in the middle of an outage: ${title}`,
    services: [availability("shop")],
    series: traffic("shop", outage([0, 60])),
    recovery: 60,
    end: 540,
    faults,
    expected: {
      fired: ["SloBurnPageFast"],
      inhibited: [],
      notifications: { page },
      incidents: 1,
      ringsAfter: 0,
      open: 0,
    },
  };
}
