/** Issues as SARIF: what the standard requires, and what GitHub's code scanning asks for beyond it. */
import { Ajv } from "ajv";
import { expect, test } from "vitest";
import { sarif } from "../../../src/cli/print/sarif.ts";
import { readCodes, readVersion } from "../../../src/io/own-files.ts";
import { type Issue, issue, issueLevels } from "../../../src/issue.ts";

const places = { root: process.cwd(), slos: "slos/index.ts", strict: false };
const source = { file: "slos/my shop#1.ts", line: 5, column: 3 };
const placed = issue("bad-selector", ["shop", "slos", 0, "sli"], "it is no selector.", "Correct it.", source);
const placeless = issue("retention-unknown", ["platform", "retention"], "it is not declared.", "Declare it.");
const note = issue("not-proven", ["shop"], "an alert is not proven.", "Nothing.", source);
const again = { ...placed, path: ["shop", "slos", 1, "sli"] };
const all = [placed, placeless, note, again];

const text = { type: "object", required: ["text"], properties: { text: { type: "string", minLength: 1 } } };

/**
 * The objects that are made here, as sections 3.13 to 3.52 of the standard and GitHub's list of required properties have them.
 * No property is allowed that is not named here.
 */
const required = closed({
  $schema: { type: "string", pattern: "^https://.*/sarif-schema-2\\.1\\.0\\.json$" },
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    minItems: 1,
    maxItems: 1,
    items: closed({
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      tool: closed({
        driver: closed({
          name: { type: "string", minLength: 1 },
          semanticVersion: { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+" },
          rules: {
            type: "array",
            uniqueItems: true,
            items: closed({
              id: { type: "string", minLength: 1, maxLength: 255 },
              shortDescription: text,
              fullDescription: text,
              help: { ...text, required: ["text", "markdown"] },
              defaultConfiguration: closed({ level: { enum: ["none", "note", "warning", "error"] } }),
            }),
          },
        }),
      }),
      results: {
        type: "array",
        items: closed({
          ruleId: { type: "string" },
          ruleIndex: { type: "integer", minimum: 0 },
          level: { enum: ["none", "note", "warning", "error"] },
          message: text,
          locations: {
            type: "array",
            minItems: 1,
            items: closed({
              physicalLocation: closed({
                // Relative, with forward slashes, and nothing in it that an URI has another use for.
                artifactLocation: closed({ uri: { type: "string", pattern: "^(?!/)[\\w.~%/-]+$" } }),
                region: closed({
                  startLine: { type: "integer", minimum: 1 },
                  startColumn: { type: "integer", minimum: 1 },
                }),
              }),
              logicalLocations: { type: "array", items: closed({ fullyQualifiedName: { type: "string" } }) },
            }),
          },
          partialFingerprints: closed({ primaryLocationLineHash: { type: "string", pattern: "^[0-9a-f]{64}$" } }),
        }),
      },
    }),
  },
});

function closed(properties: Record<string, object>): object {
  return { type: "object", additionalProperties: false, required: Object.keys(properties), properties };
}

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly locations: readonly [{ readonly physicalLocation: object }];
        readonly partialFingerprints: { readonly primaryLocationLineHash: string };
      }[];
    },
  ];
}

function run(issues: readonly Issue[], more: object = {}): Log["runs"][0] {
  const made = sarif(issues, { ...places, ...more }, { version: readVersion(), codes: readCodes() });
  return (JSON.parse(JSON.stringify(made)) as Log).runs[0];
}

test.each([
  ["issues of every level", all],
  ["every code", Object.keys(issueLevels).map((code) => ({ ...placed, code }) as Issue)],
  ["no issues, which end the alerts of a run before", []],
])("it has what is required: %s", (_name, issues) => {
  const validate = new Ajv({ strict: false }).compile(required);
  validate(sarif(issues, places, { version: readVersion(), codes: readCodes() }));
  expect(validate.errors).toBeNull();
});

test("each code that occurs is one rule, and results point to theirs", () => {
  const { tool, results } = run(all);
  const ids = tool.driver.rules.map(({ id }) => id);
  expect(ids).toEqual(["bad-selector", "not-proven", "retention-unknown"]);
  expect(results.map(({ ruleIndex }) => ids[ruleIndex])).toEqual(results.map(({ ruleId }) => ruleId));
});

test("a rule says what the page of codes says, without its links", () => {
  const [rule] = run([{ ...placed, code: "not-a-counter" }]).tool.driver.rules;
  expect(rule).toMatchObject({ help: { text: expect.stringContaining("What to do: Use the counter;") } });
  expect(JSON.stringify(readCodes())).not.toContain("](");
});

test("levels are the issues' own, and with strict a warning is an error", () => {
  const levels = (more: object) => run(all, more).results.map(({ level }) => level);
  expect(levels({})).toEqual(["error", "warning", "note", "error"]);
  expect(levels({ strict: true })).toEqual(["error", "error", "note", "error"]);
});

test("a result is at the line of its declaration, or on the module's first", () => {
  const [one, two] = run(all).results.map(({ locations }) => locations[0].physicalLocation);
  expect(one).toEqual({
    artifactLocation: { uri: "slos/my%20shop%231.ts" },
    region: { startLine: 5, startColumn: 3 },
  });
  expect(two).toEqual({ artifactLocation: { uri: "slos/index.ts" }, region: { startLine: 1, startColumn: 1 } });
});

test("a result keeps its fingerprint when its line moves, and two results have two", () => {
  const prints = (issues: readonly Issue[]) =>
    run(issues).results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
  const [one, two, three] = prints([placed, { ...placed, source: { ...source, line: 50 } }, again]);
  expect(one).toBe(two);
  expect(three).not.toBe(one);
});
