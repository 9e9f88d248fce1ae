/** What looks wrong and need not be, over a day of promtool: four groups, of which two look wrong. */
import { test } from "vitest";
import { expectHistory } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";

const HOURS = 28;
const everyHour = (perMinute: (hour: number) => number): string => {
  let value = 0;
  const values = Array.from({ length: HOURS * 30 }, (_, reading) => {
    value += 2 * perMinute(Math.floor(reading / 30));
    return value;
  });
  return values.join(" ");
};

const requests = (model: string, perMinute: number): [string, string] => [
  `requests_total{job="j",instance="i",model="${model}"}`,
  everyHour(() => perMinute),
];

const errors = (model: string, perMinute: (hour: number) => number): [string, string] => [
  `errors_total{job="j",instance="i",model="${model}"}`,
  everyHour(perMinute),
];

const suspects = 'count by (model, reason) (ALERTS{alertname="SloSuspect",alertstate="firing"})';

describeWithEngine("promtool", "an SLO that looks wrong", () => {
  test("never lost anything in much traffic, or loses the same all day", { timeout: 300_000 }, () =>
    expectHistory(
      {
        sli: { kind: "events", total: "requests_total", bad: "errors_total" },
        objective: 99.9,
        groupBy: ["model"],
        window: "1d",
        scrapeInterval: "2m",
        evaluationInterval: "2m",
        alerting: { sanity: true },
      },
      {
        every: "2m",
        series: {
          'up{job="j",instance="i"}': `1x${HOURS * 30}`,
          ...Object.fromEntries([
            requests("steady", 1000),
            errors("steady", () => 20),
            requests("changing", 1000),
            errors("changing", (hour) => (hour % 6 === 0 ? 30 : 20)),
            // A day of the first is 144,000 events, of which 144 might be bad; of the second 14.
            requests("perfect", 100),
            errors("perfect", () => 0),
            requests("quiet", 10),
            errors("quiet", () => 0),
          ]),
        },
        claims: [
          ["20h", suspects, {}],
          [
            "27h",
            suspects,
            { '{model="steady",reason="constant-burn"}': 1, '{model="perfect",reason="no-burn-ever"}': 1 },
          ],
        ],
      },
    ),
  );
});
