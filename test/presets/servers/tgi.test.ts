/** What TGI counts as answered: each request once, and no client that went away. */
import { test } from "vitest";
import { tgi } from "../../../src/index.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { badShare, rulesOf } from "../judged.ts";

const target = 'job="j",instance="a:1"';
const series = (failures: Readonly<Record<string, string>>) => ({
  [`up{${target}}`]: "1x120",
  [`tgi_request_count{${target}}`]: "0+120x120",
  [`tgi_request_success{${target}}`]: "0+54x120",
  ...Object.fromEntries(
    Object.entries(failures).map(([err, values]) => [`tgi_request_failure{${target},err="${err}"}`, values]),
  ),
});

describeWithEngine("promtool", "tgi()", () => {
  test("counts a request once, though its own count has those of the OpenAI API twice", async () => {
    const rules = rulesOf(tgi({ job: "j" }), ["availability", "rejections", "aborts"]);
    await expectHistories(rules, [
      { series: series({ generation: "0+6x120" }), expectations: [badShare("50m", "availability", 0.1)] },
      {
        series: series({ overloaded: "0+6x120" }),
        expectations: [badShare("50m", "rejections", 0.1), badShare("50m", "availability", 0)],
      },
      // Clients that went away are no outage; they have an SLO of their own.
      {
        series: series({ dropped: "0+6x120", validation: "0+60x120" }),
        expectations: [
          badShare("50m", "availability", 0),
          badShare("50m", "rejections", 0),
          badShare("50m", "aborts", 0.1, "1d"),
        ],
      },
    ]);
  });
});
