/** `SloBroken` and `SloOnlyErrors`: each way in which a measurement is wrong is reported, and what only looks like it is not. */
import { expect, test } from "vitest";
import { print } from "../../../../src/promql/print.ts";
import { broken, errors, history, is, on, requests, silent, sli } from "../../../sli/broken.ts";
import { planOf } from "../../../sli/history.ts";
import { describeWithEngine } from "../../../support/engines.ts";

const good = { kind: "events", total: "requests_total", good: "good_total" } as const;

test.each([
  ["30s", "1h"],
  // Nothing is missing before two evaluations.
  ["2h", "4h"],
] as const)("that a metric never was is said of no less than two evaluations: %s", (evaluationInterval, range) => {
  const platform = { scrapeInterval: evaluationInterval, evaluationInterval } as const;
  const rules = planOf({ sli, window: "90d" }, platform).services[0]?.slos[0]?.groups.flatMap((group) => group.rules);
  const found = rules?.find(({ labels }) => labels.reason === "never-any-data");
  if (!found) throw new Error("no alert");
  expect(print(found.expr)).toContain(`absent_over_time(slo:total:increase{slo_service="svc", slo="s"}[${range}])`);
});

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

  test("in percent is reported", async () => {
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
