/** Five and a half times the budget for half a day brings a ticket; then everything fails. */
import type { Scenario } from "../scenario.ts";
import { availability, traffic } from "./shop.ts";

export const ticketBecomesPage: Scenario = {
  name: "ticket-becomes-page",
  title: "a ticket becomes a page, and the ticket resolves in its own rule",
  services: [availability("shop")],
  series: traffic("shop", [
    [-786, 0.055],
    [60, 10],
    [70, 0],
  ]),
  recovery: 70,
  end: 550,
  expected: {
    fired: ["SloBurnPageFast", "SloBurnTicketFast", "SloBurnTicketSlow"],
    inhibited: [],
    notifications: { page: [1, 1], ticket: [1, 1] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
  },
};
