/** What an inference gateway counts as answered, on series with the labels and the order of events of its own code. */

import { expect, test } from "vitest";
import { inferenceGateway } from "../../../src/index.ts";
import { parse } from "../../../src/parse/parse.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { badShare, pages, rulesOf } from "../judged.ts";

const target = 'job="j",instance="a:1"';
const model = `${target},model_name="m",target_model_name="t",fairness_id="",priority="0"`;
const requests = `llm_d_epp_request_total{${model}}`;
const errors = (code: string, labels = model) => `llm_d_epp_request_error_total{${labels},error_code="${code}"}`;
const up = { [`up{${target}}`]: "1x300" };
const rules = () => rulesOf(inferenceGateway({ job: "j" }), ["availability", "rejections"]);

describeWithEngine("promtool", "inferenceGateway()", () => {
  test("counts requests that fail before a server, which its own total leaves out", async () => {
    const outage = { ...up, [requests]: "0+60x120 7200x180", [errors("ServiceUnavailable")]: "_x120 60+60x180" };
    const fromTheStart = { ...up, [errors("ServiceUnavailable")]: "_x10 60+60x290" };
    await expectHistories(rules(), [
      {
        series: outage,
        expectations: [
          badShare("55m", "availability", 0),
          badShare("80m", "availability", 1),
          pages("80m", "availability"),
          // When nothing answered is left in the window, too.
          badShare("145m", "availability", 1, "1h"),
          pages("145m", "availability"),
          badShare("80m", "rejections", 0),
        ],
      },
      { series: fromTheStart, expectations: [badShare("60m", "availability", 1), pages("60m", "availability")] },
    ]);
  });

  test("counts what a model server gets wrong once, since that is in the total", async () => {
    const half = { ...up, [requests]: "0+60x100", [errors("ModelServerError")]: "0+30x100" };
    await expectHistories(rules(), [{ series: half, expectations: [badShare("40m", "availability", 0.5)] }]);
  });

  test("does not count what the caller got wrong", async () => {
    const codes = ["BadRequest", "Unauthorized", "Forbidden", "NotFound", "PreconditionFailed"];
    const expectations = [badShare("40m", "availability", 0), badShare("40m", "rejections", 0)];
    const histories = codes.map((code) => ({
      series: { ...up, [requests]: "0+60x100", [errors(code)]: "0+60x100" },
      expectations,
    }));
    await expectHistories(rules(), histories);
  });

  test("counts what finds no room among the rejections, and not as unavailable", async () => {
    const full = { ...up, [requests]: "0+60x100", [errors("ResourceExhausted")]: "0+20x100" };
    const expectations = [badShare("40m", "availability", 0), badShare("40m", "rejections", 0.25)];
    await expectHistories(rules(), [{ series: full, expectations }]);
  });
});

test("by the names of GAIE, which measures no tokens, there are the other SLOs, on its own metrics", () => {
  const { slos } = inferenceGateway({ names: "gaie" });
  expect(slos.map(({ name }) => name)).toEqual([
    "availability",
    "rejections",
    "end-to-end-latency",
    "saturation",
    "ready-endpoints",
  ]);
  expect(JSON.stringify(slos)).not.toContain("llm_d_epp");
  const asked = inferenceGateway({ names: "gaie", goodput: "counter" }).slos.map(({ name }) => name);
  expect(asked).toContain("goodput");
});

test.each(["gaie-1.1", "gaie-1.0"])(
  "by the names of %s there are the same SLOs, and no counter of violations",
  (old) => {
    const names = (options: object) => inferenceGateway(options).slos.map(({ name }) => name);
    expect(names({ names: old })).toEqual(names({ names: "gaie" }));
    const service = { name: "svc", owner: "team", ...inferenceGateway({ names: old, goodput: "counter" } as object) };
    expect(parse({ services: [service] }).issues.map(({ code }) => code)).toContain("bad-value");
  },
);

test("requests of GAIE before 1.1 are counted by its older names", () => {
  expect(JSON.stringify(inferenceGateway({ names: "gaie-1.0" }).slos)).toContain("inference_model_request_total");
});
