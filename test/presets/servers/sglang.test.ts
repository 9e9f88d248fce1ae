/** What SGLang counts: aborts of requests that were never counted, and first tokens of streams alone. */
import { test } from "vitest";
import { sglang } from "../../../src/index.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { badShare, rulesOf } from "../judged.ts";

const target = 'job="j",instance="a:1",model_name="m",engine_type="unified"';
const up = { 'up{job="j",instance="a:1"}': "1x120" };
const firstToken = (labels: string, le: string, values: string) => ({
  [`sglang:time_to_first_token_seconds_bucket{${target}${labels},le="${le}"}`]: values,
});
const observed = (labels: string, within: string, all: string) => ({
  ...firstToken(labels, "1.0", within),
  ...firstToken(labels, "+Inf", all),
  [`sglang:time_to_first_token_seconds_count{${target}${labels}}`]: all,
});

describeWithEngine("promtool", "sglang()", () => {
  test("counts aborts of requests that waited, which are in no count of requests", async () => {
    const requests = `sglang:num_requests_total{${target},is_streaming="true"}`;
    const aborted = `sglang:num_aborted_requests_total{${target}}`;
    await expectHistories(rulesOf(sglang({ job: "j" }), ["aborts"]), [
      {
        series: { ...up, [requests]: "0+30x120", [aborted]: "0+30x120" },
        expectations: [badShare("55m", "aborts", 0.5, "1d")],
      },
      // None but aborts.
      {
        series: { ...up, [requests]: "60x120", [aborted]: "0+30x120" },
        expectations: [badShare("55m", "aborts", 1, "1d")],
      },
    ]);
  });

  test("counts the first token of streamed answers, and of all where a version does not tell", async () => {
    const streams = observed(',is_streaming="true"', "0+30x120", "0+30x120");
    const whole = observed(',is_streaming="false"', "0x120", "0+30x120");
    await expectHistories(rulesOf(sglang({ job: "j" }), ["time-to-first-token"]), [
      { series: { ...up, ...streams, ...whole }, expectations: [badShare("40m", "time-to-first-token", 0)] },
      {
        series: { ...up, ...observed("", "0+15x120", "0+30x120") },
        expectations: [badShare("40m", "time-to-first-token", 0.5)],
      },
    ]);
  });
});
