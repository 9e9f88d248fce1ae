/** Dynamo's frontends: the boundaries of either, whose fault a failure is, and tokens at prices. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { dynamo, usd } from "../../../src/index.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { presetPlatform } from "../example-services.ts";
import { badShare, rulesOf } from "../judged.ts";

function problemsOf(options: Parameters<typeof dynamo>[0]): string[] {
  const service = { name: "svc", owner: "team", ...dynamo({ job: "j", ...options }) };
  const { issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets: [] });
  return issues.filter(({ level }) => level !== "note").map(({ code }) => code);
}

describe("thresholds of the whole answer", () => {
  const whole = (threshold: "32s" | "40s") => ({ thresholds: { "end-to-end-latency": threshold } });

  test.each([
    ["the default", {}, []],
    ["the default of an older frontend", { version: "old" as const }, []],
    ["a boundary", whole("32s"), []],
    ["an older boundary", { version: "old" as const, ...whole("40s") }, []],
    ["an older boundary on a newer frontend", whole("40s"), ["threshold-no-bucket"]],
    ["a newer boundary on an older frontend", { version: "old" as const, ...whole("32s") }, ["threshold-no-bucket"]],
  ])("are those of the version: %s", (_name, options, codes) => expect(problemsOf(options)).toEqual(codes));
});

test("tokens have prices, cached input its own", () => {
  const models = { qwen: { input: usd(1), output: usd(10), cached_input: usd(0.1) } };
  const spend = [{ name: "daily", per: "day", limit: usd(5) }] as const;
  expect(problemsOf({ spend, prices: { per: "1M", models } })).toEqual([]);
  expect(problemsOf({ spend, prices: { per: "1M", models: { qwen: { input: usd(1), output: usd(10) } } } })).toEqual(
    [],
  );
});

const target = 'job="j",instance="a:1",model="m"';
const requests = (labels: string) =>
  `dynamo_frontend_requests_total{${target},endpoint="chat_completions",request_type="stream",${labels}}`;
const series = (failed: Readonly<Record<string, string>>) => ({
  'up{job="j",instance="a:1"}': "1x120",
  [requests('status="success",error_type=""')]: "0+50x120",
  ...Object.fromEntries(
    Object.entries(failed).map(([type, values]) => [requests(`status="error",error_type="${type}"`), values]),
  ),
});

describeWithEngine("promtool", "dynamo()", () => {
  test("tells the frontend's failures from the callers' and from rejections", async () => {
    await expectHistories(rulesOf(dynamo({ job: "j" }), ["availability", "rejections"]), [
      {
        series: series({ validation: "0+50x120", not_found: "0+50x120", cancelled: "0+50x120" }),
        expectations: [badShare("40m", "availability", 0), badShare("40m", "rejections", 0)],
      },
      {
        series: series({ unavailable: "0+30x120", response_timeout: "0+20x120" }),
        expectations: [badShare("40m", "availability", 0.5), badShare("40m", "rejections", 0)],
      },
      {
        series: series({ overload: "0+50x120" }),
        expectations: [badShare("40m", "availability", 0), badShare("40m", "rejections", 0.5)],
      },
    ]);
  });
});
