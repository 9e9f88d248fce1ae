import { defineService, events } from "firebreak";

const sli = events({ total: "requests_total", bad: "errors_total" });

/** Every kind of window. */
export const windows = defineService({
  name: "windows",
  description: "The same SLI over rolling windows and periods of the calendar.",
  owner: "shop",
  labels: { tier_of_service: "gold" },
  slos: [
    { name: "rolling-hour", objective: 90, window: "1h", sli },
    { name: "rolling-default", objective: 99.9, sli },
    { name: "day", objective: 99, window: { calendar: "day" }, sli },
    { name: "week", objective: 99, window: { calendar: "week" }, sli },
    { name: "month", objective: 99.9, window: { calendar: "month", offset: "+01:00" }, sli },
    { name: "quarter", objective: 99.9, window: { calendar: "quarter" }, sli },
    { name: "year", objective: 99.9, window: { calendar: "year" }, sli },
    { name: "several", objective: 99, window: ["7d", "28d", { calendar: "month" }], sli },
  ],
});
