/** promtool is asked once for the same files, and for others again. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { describeWithEngine, engine } from "./engines.ts";
import { writeTest } from "./play-tests.ts";
import { answersIn } from "./remembered.ts";

describeWithEngine("promtool", "answers of promtool", () => {
  test("are remembered, failures too, by what is in the files", async () => {
    const counts = startCounting();
    const [passed, failed] = [fileWith(2), fileWith(3)];
    const first = [await answerTo(passed), await answerTo(failed)];
    const again = [await answerTo(passed), await answerTo(failed)];
    expect(first.map(({ status }) => status)).toEqual([0, 1]);
    expect(again).toEqual(first);
    expect(counts()).toEqual(["asked", "asked", "remembered", "remembered"]);
  });

  test("are asked for every time where remembering is off", async () => {
    const counts = startCounting();
    await answerTo(fileWith(2));
    process.env.FIREBREAK_REMEMBER = "off";
    await answerTo(fileWith(2));
    expect(counts()).toEqual(["asked", "asked"]);
  });
});

/** With an empty memory, in which the engine stays known. */
function startCounting(): () => string[] {
  const folder = folderForTest();
  engine("promtool");
  process.env.FIREBREAK_CACHE = join(folder, "cache");
  process.env.FIREBREAK_REMEMBER = "";
  process.env.FIREBREAK_REMEMBER_COUNTS = join(folder, "counts");
  return () => readFileSync(join(folder, "counts"), "utf8").trimEnd().split("\n");
}

const RULES = { groups: [{ name: "g", rules: [{ record: "a", expr: "1 + 1" }] }] };

function fileWith(value: number) {
  const asked = { expr: "a", eval_time: "1m", exp_samples: [{ labels: "a", value }] };
  return { tests: [{ promql_expr_test: [asked] }] };
}

async function answerTo(file: ReturnType<typeof fileWith>) {
  const dir = folderForTest();
  const path = writeTest(dir, "one", RULES, file);
  return answersIn(dir)("promtool", ["test", "rules", path]);
}

function folderForTest(): string {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-remembered-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}
