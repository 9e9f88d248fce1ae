/** `SloBroken` and `SloOnlyErrors`: each way in which a measurement is wrong is told, and what only looks like it is not. */
import { test } from "vitest";
import type { SloDeclaration } from "../../../../src/declare/declaration.ts";
import { expectHistory, type History } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const on = 'job="j",instance="i"';
const up = { [`up{${on}}`]: "1x400" };
const requests = (labels = "") => `requests_total{${on}${labels}}`;
const errors = (labels = "") => `errors_total{${on}${labels}}`;
const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const good = { kind: "events", total: "requests_total", good: "good_total" } as const;

const broken = 'count by (reason) (ALERTS{alertname="SloBroken",alertstate="firing"})';
const is = (reason: string) => ({ [`{reason="${reason}"}`]: 1 });
const silent = [
  "3h",
  'count_over_time(ALERTS{alertname=~"SloBroken|SloOnlyErrors",alertstate="firing"}[3h])',
  {},
] as const;

function history(slo: Partial<SloDeclaration>, series: History["series"], claims: History["claims"]): Promise<void> {
  return expectHistory(slo, { series: { ...up, ...series }, claims });
}

describeWithEngine("promtool", "two metrics that do not count the same", () => {
  test("have more bad events than events", () =>
    history({ sli }, { [requests()]: "0+100x200", [errors()]: "0+150x200" }, [
      ["14m", broken, {}],
      ["1h", broken, is("bad-over-total")],
    ]));

  test("have more good events than events", () =>
    history({ sli: good }, { [requests()]: "0+100x200", [`good_total{${on}}`]: "0+101x200" }, [
      ["1h", broken, is("good-over-total")],
    ]));

  test("are forgiven what is only scraped a little later", async () => {
    await history({ sli: good }, { [requests()]: "0+10000x400", [`good_total{${on}}`]: "5+10000x400" }, [silent]);
    await history({ sli }, { [requests()]: "0+100x400", [errors()]: "5+100x400" }, [silent]);
  });

  test("are a ticket, and no page, where errors lack the label of the group", () =>
    history({ sli, groupBy: ["model"] }, { [requests(',model="a"')]: "0+100x200", [errors()]: "0+50x200" }, [
      ["1h", 'count(ALERTS{alertname="SloOnlyErrors",alertstate="firing"})', {}],
      ["1h", 'count(ALERTS{reason="group-label-missing",alertstate="firing"})', { "{}": 1 }],
    ]));
});

describeWithEngine("promtool", "a ratio", () => {
  const passed = { kind: "ratio", good: "passed_ratio" } as const;
  const failed = { kind: "ratio", bad: "failed_ratio" } as const;

  test("in percent is told", async () => {
    const percent = { 'passed_ratio{job="j"}': "97x200" };
    await history({ sli: passed }, percent, [
      ["14m", broken, {}],
      ["1h", broken, is("ratio-out-of-range")],
    ]);
    await history({ sli: failed }, { 'failed_ratio{job="j"}': "3x200" }, [["1h", broken, is("ratio-out-of-range")]]);
  });

  test("that is 0 or 1 is not", async () => {
    await history({ sli: passed }, { 'passed_ratio{job="j"}': "1x400" }, [silent]);
    await history({ sli: passed }, { 'passed_ratio{job="j"}': "0x400" }, [silent]);
    await history({ sli: failed }, { 'failed_ratio{job="j"}': "1x400" }, [silent]);
  });
});

describeWithEngine("promtool", "a metric that is misspelt", () => {
  test("never has any data, for an hour", () =>
    history({ sli }, { [`request_total{${on}}`]: "0+100x300" }, [
      ["50m", broken, {}],
      ["80m", broken, is("never-any-data")],
    ]));

  test("is not one without traffic, nor one that is new", async () => {
    await history({ sli }, { [requests()]: "100x400" }, [silent]);
    await history({ sli }, { [requests()]: "_x100 0+100x300" }, [silent]);
  });
});

describeWithEngine("promtool", "a label of groupBy", () => {
  test.each([[["regoin"]], [["model", "regoin"]]])("that no series has is missing: %j", (groupBy) =>
    history({ sli, groupBy }, { [requests(',model="a"')]: "0+100x200" }, [
      ["10m", broken, {}],
      ["40m", broken, is("group-label-missing")],
    ]),
  );

  test("that some series lack is not", () =>
    history({ sli, groupBy: ["model"] }, { [requests(',model="a"')]: "0+100x400", [requests()]: "0+9x400" }, [silent]));
});

describeWithEngine("promtool", "counters that fall", () => {
  const workers = "1000 600 1030 630 1060 660 ".repeat(60);

  test("again and again while their target stays up are those of several workers, or gauges", () =>
    history({ sli }, { [requests()]: workers }, [
      ["14m", broken, {}],
      ["40m", broken, is("counters-fall")],
    ]));

  test("also where their process is known not to have restarted", () =>
    history({ sli }, { [requests()]: workers, [`process_start_time_seconds{${on}}`]: "0x400" }, [
      ["40m", broken, is("counters-fall")],
    ]));

  /** Four of them, of which nothing fails: one has had an incident long ago. */
  const four = (values: readonly number[], gain: number) =>
    Array.from({ length: 260 }, (_, index) => (values[index % 4] ?? 0) + gain * index).join(" ");
  const old = { [requests()]: four([100_000, 20_000, 3000, 500], 30), [errors()]: four([5000, 10, 2, 900], 0) };
  const pages = 'count_over_time(ALERTS{severity="page",alertstate="firing"}[2h])';

  test("page nobody, though their ratio is far above", () =>
    history({ sli, objective: 99.9 }, old, [
      ["2h", "count(slo:error_ratio:rate1h > 0.0144)", { "{}": 1 }],
      ["2h", broken, is("counters-fall")],
      ["2h", pages, {}],
    ]));

  test("page where nothing may say that they fall", () =>
    history({ sli, objective: 99.9, absence: { broken: false } as never }, old, [
      ["2h", `count(${pages})`, { "{}": 1 }],
    ]));

  const lives = "30 60 90 120 ".repeat(90);

  /** A process that starts anew every two minutes: its start only moves forward. */
  const STARTS = Array.from({ length: 88 }, (_, life) => `${life * 120}x3`).join(" ");

  test.each([
    ["with their process", { [`process_start_time_seconds{${on}}`]: STARTS }],
    ["with scrapes that fail", { [`up{${on}}`]: "0 1 1 1 ".repeat(90) }],
  ])("%s are a crash loop", (_how, series) => history({ sli }, { [requests()]: lives, ...series }, [silent]));

  test("once or twice are restarts", () => history({ sli }, { [requests()]: "0+30x100 0+30x10 0+30x280" }, [silent]));

  test("by no more than what is a native histogram's last bit are none", () =>
    history(
      { sli: { kind: "latency", histogram: "h_seconds", threshold: "1s", type: "native" } },
      {
        [`h_seconds{${on}}`]:
          "{{schema:0 sum:37 count:37 offset:0 buckets:[37 0]}}+{{schema:0 sum:10 count:10 offset:0 buckets:[0 10]}}x400",
      },
      [silent],
    ));
});
