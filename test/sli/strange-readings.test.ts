/** What looks like a newborn series and is not, or is one and does not look like it: no life is counted twice. */
import { test } from "vitest";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine } from "../support/engines.ts";
import { counted, expectHistory, firing, type History } from "./history.ts";

const on = '{job="j",instance="i"}';
const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

/** What is bad at the end of three hours, and that nothing fires on the way. */
function counts(series: History["series"], bad: number, change: Partial<SloDeclaration> = {}): Promise<void> {
  return expectHistory(
    { sli, ...change },
    {
      every: change.scrapeInterval ?? "30s",
      series: { [`up${on}`]: "1x600", [`requests_total${on}`]: "0+3000x600", ...series },
      claims: [
        ["3h", counted("bad"), { "{}": bad }],
        ...["81m", "85m", "100m"].map((at) => [at, firing(), {}] as const),
      ],
    },
  );
}

describeWithEngine("promtool", "a reading that is no number", () => {
  test("is made up for by the next", () => counts({ [`errors_total${on}`]: "5000x100 NaN 5003x300" }, 3));

  test("of a counter scraped more seldom than it is evaluated is, too", () =>
    counts({ [`errors_total${on}`]: "5000x50 NaN 5003x200" }, 3, { scrapeInterval: "1m" }));

  test.each([
    ["at a look at the past", "5000x79 NaN 5000x150", "1m", 0],
    ["at a look at the past, of a counter scraped every two minutes", "5000x39 NaN 5000x100", "2m", 0],
    ["twice", "5000x158 NaN NaN 5000x300", "30s", 0],
    ["for twenty minutes", `5000x140 ${"NaN ".repeat(40)}5000x300`, "30s", 0],
    ["in the first minutes of a series", "_x150 7x6 NaN NaN 7x300", "30s", 7],
  ] as const)("%s makes no old counter newborn", (_, errors, scrapeInterval, bad) =>
    counts({ [`errors_total${on}`]: errors }, bad, { scrapeInterval }),
  );
});

describeWithEngine("promtool", "a life that is counted once", () => {
  test("of an error series that was there before its process restarted begins with the process", () =>
    expectHistory(
      { sli },
      {
        series: {
          [`up${on}`]: "1x160 0x1 1x300",
          [`process_start_time_seconds${on}`]: "0x160 _ 4820x300",
          [`requests_total${on}`]: "100000+30x160 _ 20+30x200",
          [`errors_total${on}`]: "3x160 stale _x20 200x200",
        },
        // Its first process was young when it was first seen, with three.
        claims: [["95m", counted("bad"), { "{}": 203 }]],
      },
    ));

  test("of one endpoint is not vouched for by another of the same instance", () =>
    expectHistory(
      { sli },
      {
        series: {
          'up{job="j",instance="i",metrics_path="/a"}': "1x600",
          'up{job="j",instance="i",metrics_path="/b"}': "1x140 0x119 1x200",
          'requests_total{job="j",instance="i",metrics_path="/b"}': "100000+30x140 stale _x118 107830+30x100",
          'errors_total{job="j",instance="i",metrics_path="/b"}': "5000x140 stale _x118 5000x100",
        },
        claims: [["150m", counted("bad"), { "{}": 0 }]],
      },
    ));
});
