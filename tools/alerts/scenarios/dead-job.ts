/** A job dies: with many SLOs at once, or in the middle of an outage. */
import type { Scenario } from "../scenario.ts";
import { availability, outage, service, slo, traffic } from "./shop.ts";

const models = ["gpt-4", "llama", "mistral"];
const DOWN = [0, 30] as const;

export const deadJob: Scenario = {
  name: "dead-job",
  title: "a job with 12 SLOs of three models dies",
  services: [
    service(
      "shop",
      Array.from({ length: 12 }, (_one, index) => ofModels(`slo-${index + 1}`)),
    ),
  ],
  series: models.flatMap((model) => [
    { metric: "requests_total", job: "shop", labels: { model }, rate: 10, down: [DOWN] },
    { metric: "errors_total", job: "shop", labels: { model }, rate: 0.001, down: [DOWN] },
  ]),
  recovery: 30,
  end: 510,
  expected: {
    fired: ["SloTargetsDown"],
    inhibited: [],
    notifications: { page: [1, 1] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
  },
};

function ofModels(name: string) {
  return slo("shop", name, { groupBy: ["model"] });
}

/** The page of the burn may not end before the next one rings: it would read as an all-clear. */
export const deadInOutage: readonly Scenario[] = [
  inOutage("30d", { objective: 99.9, pages: ["SloBurnPageFast"] }),
  inOutage("1d", { objective: 99, pages: ["SloBurnPageFast", "SloBurnPageSlow"] }),
  // Tickets whose windows are as short fire for an evaluation, and end before they would be sent.
  inOutage("1h", { objective: 99, pages: ["SloBurnPageSlow"], tickets: ["SloBurnTicketFast", "SloBurnTicketSlow"] }),
];

interface Due {
  readonly objective: number;
  readonly pages: readonly string[];
  readonly tickets?: readonly string[];
}

function inOutage(window: "1h" | "1d" | "30d", { objective, pages, tickets = [] }: Due): Scenario {
  return {
    name: `dead-in-outage-${window}`,
    title: `a job dies in the middle of an outage, with a window of ${window}`,
    services: [availability("shop", { window, objective })],
    series: traffic("shop", outage([0, 10]), { down: [[10, 70]] }),
    hoursBefore: window === "30d" ? 73 : 25,
    recovery: 70,
    end: 550,
    expected: {
      fired: [...pages, ...tickets, "SloTargetsDown"],
      inhibited: [],
      // A second page of the same incident is one notification more.
      notifications: { page: [1 + pages.length, 2] },
      incidents: 2,
      ringsAfter: 0,
      open: 0,
      order: [
        "page firing SloTargetsDown shop shop",
        `page resolved ${pages[0]} shop/availability`,
        "page resolved SloTargetsDown shop shop",
      ],
    },
  };
}

/** What leaves discovery in an outage has no target that could be down: the burn ends, and that is no recovery. */
export const goneInOutage: Scenario = {
  name: "gone-in-outage",
  title: "the targets leave service discovery in the middle of an outage, and no events are counted any more",
  services: [availability("shop")],
  series: traffic("shop", outage([0, 10]), { gone: [[10, 70]] }),
  recovery: 70,
  end: 550,
  expected: {
    fired: ["SloBurnPageFast", "SloNoData", "SloTargetsDown"],
    inhibited: ["SloNoData"],
    notifications: { page: [2, 2] },
    incidents: 2,
    ringsAfter: 0,
    open: 0,
    order: [
      "page firing SloTargetsDown shop shop",
      "page resolved SloBurnPageFast shop/availability",
      "page resolved SloTargetsDown shop shop",
    ],
  },
};
