/** A service that depends on another: whoever can repair it is paged, and nobody else. */
import type { Expected, Scenario, Series } from "../scenario.ts";
import { availability, outage, teams, traffic } from "./shop.ts";

const FULL = outage([0, 10]);

export const dependencies: readonly Scenario[] = [
  depends("equal", "both fail in full and recover at once", both(99.9), traffic("shop", FULL), 10),
  depends(
    "faster",
    "the upstream is found first",
    both(99.95),
    traffic("shop", [
      [0, 1],
      [10, 0],
    ]),
    10,
  ),
  depends(
    "late",
    "the dependant recovers a quarter of an hour later",
    both(99.9),
    traffic("shop", outage([0, 25])),
    25,
  ),
  depends("early", "the dependant recovers before the upstream", both(99.9), traffic("shop", outage([0, 6])), 10),
  {
    // Of an outage of both in full the laxer upstream is found later, so nothing holds the dependant back, of which check
    // warns. What must not be is a slow page of its own after the upstream has recovered.
    ...depends(
      "residue",
      "a fifth fails, of what depends on something laxer, of which check warns: both page",
      both(99.5),
      traffic("shop", [
        [0, 2],
        [10, 0],
      ]),
      10,
    ),
    expected: {
      ...expected("SloBurnPageFast"),
      inhibited: [],
      notifications: { "auth-page": [1, 1], "shop-page": [1, 1] },
      incidents: 2,
    },
  },
  {
    // Alertmanager never sends the end of an alert that is out and then inhibited: so the second page is not.
    ...depends(
      "slower",
      "the upstream is found later, of which check warns: both page",
      laxer(),
      traffic("shop", outage([0, 20])),
      20,
    ),
    series: [...traffic("auth", outage([0, 20])), ...traffic("shop", outage([0, 20]))],
    expected: {
      ...expected("SloBurnPageFast"),
      inhibited: [],
      notifications: { "auth-page": [1, 1], "shop-page": [1, 1] },
      incidents: 2,
    },
  },
  {
    ...depends("slow", "both burn slowly", both(99.9), traffic("shop", SLOW(), {}), 60),
    series: [...traffic("auth", SLOW()), ...traffic("shop", SLOW())],
    expected: expected("SloBurnPageSlow"),
  },
  {
    // Held back by Alertmanager, the ticket that is out would never be closed.
    ...depends("ticket", "the dependant's ticket is out before", both(99.9), traffic("shop", TICKET()), 60),
    expected: {
      ...expected("SloBurnPageFast"),
      fired: ["SloBurnPageFast", "SloBurnTicketFast", "SloBurnTicketSlow"],
      inhibited: [],
      notifications: { "auth-page": [1, 1], "shop-ticket": [1, 1] },
    },
  },
];

/** Four times the budget, for less than a day. */
function TICKET() {
  return [
    [-1300, 0.04],
    [60, 0],
  ] as const;
}

/** Eight times the budget, since long enough for the slow page. */
function SLOW() {
  return [
    [-265, 0.08],
    [60, 0],
  ] as const;
}

function both(objective: number) {
  return [availability("auth", { objective }), availability("shop", { dependsOn: ["auth/availability"] })];
}

function laxer() {
  return [availability("auth", { objective: 99 }), availability("shop", { dependsOn: ["auth/availability"] })];
}

function depends(
  name: string,
  title: string,
  services: Scenario["services"],
  shop: readonly Series[],
  recovery: number,
): Scenario {
  return {
    name: `depends-${name}`,
    title: `one depends on another: ${title}`,
    services,
    platform: { receivers: teams("auth", "shop") },
    series: [...traffic("auth", FULL), ...shop],
    recovery,
    end: recovery + 480,
    expected: expected("SloBurnPageFast"),
  };
}

function expected(page: string): Expected {
  return {
    fired: [page],
    inhibited: [page],
    notifications: { "auth-page": [1, 1] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
  };
}
