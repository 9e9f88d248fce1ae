/** Counters that fall again and again: those of several workers behind one endpoint, or gauges; and what only looks like it. */
import { test } from "vitest";
import { describeWithEngine } from "../../support/engines.ts";
import { broken, errors, history, is, on, requests, silent, sli } from "../broken.ts";

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

  test("also where each worker shows its own start, which goes to and fro", () =>
    history({ sli }, { [requests()]: workers, [`process_start_time_seconds{${on}}`]: "10 20 ".repeat(180) }, [
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
