/** Mistakes in what a preset was given are said in the words of its options. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import * as api from "../../../src/index.ts";
import { printPath } from "../../../src/issue.ts";
import { platform } from "../valid.ts";

type Anything = (options: unknown) => api.ServiceParts;
const vllm = api.vllm as Anything;
const litellm = api.litellm as Anything;

function issuesOf(parts: object) {
  const { issues } = build({ services: [{ name: "g", owner: "ml", ...parts }], platform, templates: {}, targets: [] });
  return issues.filter(({ level, code }) => level !== "note" && code !== "no-receivers");
}

describe("a mistake in an option", () => {
  test.each([
    ["a word", litellm({ version: "1.80" }), ["bad-value g.litellm().version"]],
    ["a key", vllm({ thresholds: { nope: 1 } }), ["unknown-key g.vllm().thresholds.nope"]],
    [
      "a word under a misspelt key",
      litellm({ versions: "1.80" }),
      ["bad-value g.litellm().versions", "unknown-key g.litellm().versions"],
    ],
    [
      "a preset that another replaced",
      { ...litellm({ version: "1.80" }), ...vllm({}) },
      ["bad-value g.litellm().version"],
    ],
  ])("has the path of the option that was written: %s", (_name, parts, expected) => {
    const found = issuesOf(parts).filter(({ code }) => code !== "preset-unused");
    expect(found.map(({ code, path }) => `${code} ${printPath(path)}`)).toEqual(expected);
  });

  test("says what the words mean", () => {
    for (const options of [{ version: "1.80" }, { versions: "1.80" }])
      expect(issuesOf(litellm(options))[0]?.hint).toContain("`old`");
  });

  test("finds a name by its initials", () =>
    expect(issuesOf(vllm({ thresholds: { ttft: "1s" } }))[0]?.hint).toContain("`time-to-first-token`"));
});

describe("a value that an option gave to an SLO", () => {
  const wrong = { thresholds: { "time-to-first-token": "1500ms" } };

  test.each([
    ["with a version", { ...wrong, version: "v1" }],
    ["with a prefix", { ...wrong, version: "v1", namePrefix: "eu" }],
  ])("is named as the option, and nothing that was never written: %s", (_name, options) => {
    const [issue] = issuesOf(vllm(options));
    expect(issue?.hint).toContain('thresholds: { "time-to-first-token": … }');
    expect(issue?.hint).toContain("vllm()");
    expect(`${issue?.message}${issue?.hint}`).not.toContain("sli.buckets");
  });

  test("is named as it stands in an SLO of one's own", () => {
    const sli = api.latency({ histogram: "a_seconds", threshold: "1500ms", buckets: [1, 2] });
    expect(issuesOf({ slos: [{ name: "own", objective: 99, sli }] })[0]?.hint).not.toContain("options of");
  });
});
