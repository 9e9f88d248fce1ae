/** Eight times the budget for five hours brings the slow page; then everything fails, which brings the fast one. */
import type { Scenario } from "../scenario.ts";
import { availability, traffic } from "./shop.ts";

export const slowBurnOutage: Scenario = {
  name: "slow-burn-outage",
  title: "a slow burn that pages becomes a full outage",
  services: [availability("shop")],
  series: traffic("shop", [
    [-265, 0.08],
    [60, 10],
    [70, 0],
  ]),
  recovery: 70,
  end: 550,
  expected: {
    fired: ["SloBurnPageFast", "SloBurnPageSlow"],
    inhibited: [],
    // The fast page joins the incident of the slow one, which is still open; that the slow one ends is an update of it.
    notifications: { page: [3, 1] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
    order: ["page firing SloBurnPageSlow shop/availability", "page firing SloBurnPageFast shop/availability"],
  },
};
