/** One model spends twenty times as much as before; midnight is six hours later. */
import { DAY } from "../../../src/time/units.ts";
import { SINK } from "../scaled.ts";
import type { Scenario } from "../scenario.ts";

const LIMIT = 300;
/** A third of the limit in a day. */
const USUAL = LIMIT / 3 / DAY;

export const spend: Scenario = {
  name: "spend",
  title: "one model overspends its limit, until midnight",
  services: [
    {
      name: "gateway",
      owner: "ml",
      runbooks: "https://runbooks.example.com",
      budgets: [
        {
          kind: "spend",
          name: "daily",
          metric: "cost_dollars_total",
          per: "day",
          by: ["model"],
          limit: { amount: 1000, unit: "dollars" },
          limits: { "gpt-4": { amount: LIMIT, unit: "dollars" } },
        },
      ],
    },
  ],
  platform: {
    receivers: {
      default: {
        page: { webhook: { url: `${SINK}/page` } },
        ticket: { webhook: { url: `${SINK}/ticket` } },
        info: { webhook: { url: `${SINK}/info` } },
      },
    },
  },
  series: [
    {
      metric: "cost_dollars_total",
      job: "gateway",
      labels: { model: "gpt-4" },
      isMoney: true,
      rate: [
        [-3000, USUAL],
        [0, 20 * USUAL],
        [240, USUAL],
      ],
    },
    { metric: "cost_dollars_total", job: "gateway", labels: { model: "llama" }, isMoney: true, rate: USUAL },
  ],
  hoursBefore: 66,
  recovery: 360,
  end: 840,
  expected: {
    fired: [...["BudgetBurnFast", "BudgetForecast"], ...["BudgetSpent100", "BudgetSpent50", "BudgetSpent80"]],
    // Whatever is out ends by its own rule: held back, its end would never be sent.
    inhibited: [],
    // One incident: it burns, the limit is reached too, it burns no more, and at midnight it is over. The ticket's forecast
    // ends some minutes before its threshold, which is an update of it.
    notifications: { page: [3, 1], ticket: [2, 1], info: [2, 2] },
    incidents: 1,
    ringsAfter: 0,
    open: 0,
    // Nothing else of the limit is open while its page is.
    order: [
      "info resolved BudgetSpent50 gateway/daily gpt-4",
      "page firing BudgetSpent100 gateway/daily gpt-4",
      "ticket resolved BudgetSpent80 gateway/daily gpt-4",
      "page resolved BudgetSpent100 gateway/daily gpt-4",
    ],
  },
};
