/** A ticket of the night that goes on is heard of at nine; one that ends before is never heard of. */
import type { Scenario } from "../scenario.ts";
import { availability, traffic } from "./shop.ts";

const platform = { businessHours: { start: "09:00", end: "17:00" } } as const;
const expected = { fired: ["SloBurnTicketFast", "SloBurnTicketSlow"], inhibited: [], incidents: 0, open: 0 } as const;

/** Four in the morning. */
const NIGHT = 76;

export const businessHours: readonly Scenario[] = [
  {
    name: "hours-goes-on",
    title: "a ticket of the night that goes on: notified at nine",
    services: [availability("shop")],
    platform,
    series: traffic("shop", [
      [-786, 0.055],
      [420, 0],
    ]),
    hoursBefore: NIGHT,
    recovery: 420,
    end: 1000,
    // The fast tier ends before the slow one.
    expected: { ...expected, notifications: { ticket: [2, 1] }, ringsAfter: 0 },
  },
  {
    name: "hours-ends",
    title: "a ticket of the night that ends before nine: nobody is notified",
    services: [availability("shop")],
    platform,
    series: traffic("shop", [
      [-786, 0.055],
      [30, 0],
    ]),
    hoursBefore: NIGHT - 4,
    recovery: 30,
    end: 700,
    expected: { ...expected, notifications: {}, ringsAfter: 0 },
  },
];
