/** A service that depends on another: whoever can repair it is paged, and nobody else. */
import type { Expected, Scenario, Series } from "../scenario.ts";
import { availability, outage, teams, traffic } from "./shop.ts";

const FULL = outage([0, 10]);

export const dependencies: readonly Scenario[] = [
  depends("equal", "both fail completely and recover at the same time", both(99.9), traffic("shop", FULL), 10),
  depends(
    "faster",
    "the upstream is detected first",
    both(99.95),
    traffic("shop", [
      [0, 1],
      [10, 0],
    ]),
    10,
  ),
  depends("late", "the dependant recovers 15 minutes later", both(99.9), traffic("shop", outage([0, 25])), 25),
  depends("early", "the dependant recovers before the upstream", both(99.9), traffic("shop", outage([0, 6])), 10),
  // Of an outage of both in full the laxer upstream would be found later, of which check warns. What must not be is a slow
  // page of the dependant's own after the upstream has recovered.
  depends(
    "residue",
    "a fifth of the events fail, and the upstream has a lower objective: both are detected at the same time",
    both(99.5),
    traffic("shop", [
      [0, 2],
      [10, 0],
    ]),
    10,
  ),
  {
    // What is out is never held back: its end would not be sent, and the next page would join an incident that stays open.
    ...depends(
      "slower",
      "the upstream is detected later, as `check` warns: both page",
      laxer(),
      traffic("shop", outage([0, 20])),
      20,
    ),
    series: [...traffic("auth", outage([0, 20])), ...traffic("shop", outage([0, 20]))],
    expected: bothPage("SloBurnPageFast"),
  },
  {
    ...depends(
      "first",
      "the dependant pages first, because the upstream fails only partly: the dependant's page resolves too",
      both(99.9),
      traffic("shop", outage([0, 20])),
      20,
    ),
    series: [
      ...traffic("auth", [
        [0, 1],
        [20, 0],
      ]),
      ...traffic("shop", outage([0, 20])),
    ],
    expected: bothPage("SloBurnPageFast"),
  },
  {
    ...depends(
      "dead",
      "the upstream's targets die, which is detected later: the dependant's page resolves too",
      both(99.9),
      traffic("shop", outage([0, 30])),
      30,
    ),
    series: [...traffic("auth", [], { down: [[0, 30]] }), ...traffic("shop", outage([0, 30]))],
    expected: bothPage("SloBurnPageFast", "SloTargetsDown"),
  },
  {
    // A tenth for six minutes: on top of the outage it is enough for the slow page, and not for the fast one.
    ...depends(
      "again",
      "the dependant alone fails an hour after both recovered: it pages",
      both(99.9),
      traffic("shop", [...outage([0, 10]), [90, 1], [96, 0]]),
      96,
    ),
    expected: { ...bothPage("SloBurnPageFast", "SloBurnPageSlow"), inhibited: ["SloBurnPageFast"] },
  },
  {
    ...depends("slow", "both burn slowly", both(99.9), traffic("shop", SLOW(), {}), 60),
    series: [...traffic("auth", SLOW()), ...traffic("shop", SLOW())],
    expected: expected("SloBurnPageSlow"),
  },
  {
    // Held back by Alertmanager, the ticket that is out would never be closed.
    ...depends(
      "ticket",
      "the dependant's ticket is sent before the upstream pages",
      both(99.9),
      traffic("shop", TICKET()),
      60,
    ),
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
    title: `dependency: ${title}`,
    services,
    platform: { receivers: teams("auth", "shop") },
    series: [...traffic("auth", FULL), ...shop],
    recovery,
    end: recovery + 480,
    expected: expected("SloBurnPageFast"),
  };
}

function bothPage(...fired: readonly string[]): Expected {
  const notifications = { "auth-page": [1, 1], "shop-page": [1, 1] } as const;
  return { ...expected("SloBurnPageFast"), fired, inhibited: [], notifications, incidents: 2 };
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
