import { defineService, events, timeSlices } from "firebreak";

const window = "1d";
const sli = events({ total: "requests_total", bad: "errors_total" });

/** Every feature, one in each SLO, over the same SLI. */
export const features = defineService({
  name: "features",
  description: "One SLO for every feature.",
  owner: "search",
  runbooks: "https://runbooks.example.com/features",
  labels: { tier_of_service: "silver" },
  annotations: { channel: "#search" },
  slos: [
    { name: "groups", objective: 99, window, groupBy: ["model", "region"], sli },
    {
      name: "objectives-by-value",
      objective: 99,
      window,
      groupBy: ["model"],
      objectives: { batch: 90, "gpt-4": 99.5 },
      sli,
    },
    {
      name: "objectives-by-labels",
      objective: 99,
      window,
      groupBy: ["model", "plan"],
      objectives: [{ match: { plan: "gold" }, objective: 99.5 }],
      sli,
    },
    {
      name: "exclusions-by-date",
      objective: 99,
      window,
      exclude: [
        { reason: "data centre move", from: "2026-12-24T00:00:00Z", to: "2026-12-24T06:00:00Z" },
        { reason: "load test", from: "2027-01-12T20:00:00+01:00", to: "2027-01-12T22:00:00+01:00" },
      ],
      sli,
    },
    {
      name: "exclusions-weekly",
      objective: 99,
      window,
      exclude: [
        { reason: "maintenance", weekly: { on: "sunday", at: "02:00", for: "2h" } },
        { reason: "backups", weekly: { on: ["monday", "thursday"], at: "23:30", for: "90m", offset: "+01:00" } },
      ],
      sli,
    },
    {
      name: "exclusions-monthly",
      objective: 99,
      window,
      exclude: [
        { reason: "invoices", monthly: { day: 1, at: "00:30", for: "4h", offset: "+01:00" } },
        { reason: "billing run", monthly: { day: "last", at: "22:00", for: "3h" } },
      ],
      sli,
    },
    { name: "time-slices", objective: 99, window, budgeting: timeSlices({ slice: "5m", target: 95 }), sli },
    {
      name: "time-slices-idle-bad",
      objective: 95,
      window,
      groupBy: ["model"],
      budgeting: timeSlices({ slice: "5m", target: 95 }),
      noTraffic: "bad",
      sli,
    },
  ],
});
