/** What a silence must name beside the labels of an alert, as Prometheus evaluates the annotation. */
import { expect, test } from "vitest";
import { silenceAnnotations } from "../../../src/compile/annotations/alert-fields.ts";
import { describeWithEngine, runPromtool } from "../../support/engines.ts";
import { makeWorkspace, writeFiles } from "../../support/live-build.ts";

test("an SLO without groups, or a budget of one limit, has nothing to add", () => {
  expect(silenceAnnotations([])).toEqual({});
});

describeWithEngine("promtool", "the labels of its groups that an alert lacks", () => {
  test.each([
    ['{model="a",team="x"}', ""],
    ['{model="a"}', ',team=""'],
    ['{team="x"}', ',model=""'],
    ["", ',model="",team=""'],
    ['{model="a\\"b",team=" "}', ""],
  ])("of an alert with %s are '%s'", async (labels, added) => {
    const { dir, remove } = makeWorkspace("silences");
    const [annotation] = Object.values(silenceAnnotations(["model", "team"]));
    const text = typeof annotation === "object" ? annotation.template : "";
    const rule = { alert: "A", expr: "x > 0", annotations: { silence_also: text } };
    const alert = { exp_labels: labelsIn(labels), exp_annotations: { silence_also: added } };
    const run = {
      interval: "1m",
      input_series: [{ series: `x${labels}`, values: "1x2" }],
      alert_rule_test: [{ eval_time: "1m", alertname: "A", exp_alerts: [alert] }],
    };
    writeFiles(dir, {
      "rules.json": JSON.stringify({ groups: [{ name: "g", rules: [rule] }] }),
      "tests.json": JSON.stringify({ rule_files: ["rules.json"], tests: [run] }),
    });
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
    remove();
    expect(`${stdout}${stderr}`).toContain("SUCCESS");
  });
});

function labelsIn(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, JSON.parse(value) as string]));
}
