/**
 * An outage that leaves a slow burn behind. The fast page ends while the slow one waits until the outage has left its short
 * window, so that it does not ring for what is over: in between nothing is open.
 */
import type { Scenario } from "../scenario.ts";
import { availability, traffic } from "./shop.ts";

export const fastThenSlow: Scenario = {
  name: "fast-then-slow",
  title: "an outage of ten minutes continues as a slow burn for two hours: two incidents, half an hour apart",
  services: [availability("shop")],
  series: traffic("shop", [
    [0, 10],
    [10, 0.08],
    [130, 0],
  ]),
  recovery: 130,
  end: 610,
  expected: {
    fired: ["SloBurnPageFast", "SloBurnPageSlow"],
    inhibited: [],
    notifications: { page: [2, 2] },
    incidents: 2,
    ringsAfter: 0,
    open: 0,
    order: [
      "page firing SloBurnPageFast shop/availability",
      "page resolved SloBurnPageFast shop/availability",
      "page firing SloBurnPageSlow shop/availability",
      "page resolved SloBurnPageSlow shop/availability",
    ],
  },
};
