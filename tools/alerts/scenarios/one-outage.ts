/** The plainest case: everything fails for ten minutes. */
import type { Scenario } from "../scenario.ts";
import { availability, outage, traffic } from "./shop.ts";

export const oneOutage: Scenario = {
  name: "one-outage",
  title: "one SLO, a full outage of ten minutes",
  services: [availability("shop")],
  series: traffic("shop", outage([0, 10])),
  recovery: 10,
  end: 490,
  expected: {
    fired: ["SloBurnPageFast"],
    inhibited: [],
    notifications: { page: [1, 1] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
  },
};
