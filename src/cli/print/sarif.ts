/**
 * Issues as SARIF 2.1.0, as code scanning reads it. GitHub tells alerts apart by `primaryLocationLineHash` alone.
 * https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning
 */
import type { CodeWords } from "../../io/own-files.ts";
import { type Issue, type IssueCode, issueLevels, printPath } from "../../issue.ts";
import { fingerprintOf, levelOf, type Places, placeOf, wordsOf } from "./places.ts";

/** What firebreak says of itself. */
export interface Tool {
  readonly version: string;
  /** What each code means. */
  readonly codes: readonly CodeWords[];
}

/** One run, with a rule for every code that occurs in it. Without issues it ends the alerts of earlier ones. */
export function sarif(issues: readonly Issue[], places: Places, { version, codes }: Tool): object {
  const occurring = [...new Set(issues.map(({ code }) => code))].sort();
  const rules = occurring.map((code) => ruleOf(code, codes));
  const driver = { name: "firebreak", semanticVersion: version, rules };
  const results = issues.map((fact) => resultOf(fact, occurring.indexOf(fact.code), places));
  return {
    $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver }, columnKind: "utf16CodeUnits", results }],
  };
}

function ruleOf(code: IssueCode, codes: readonly CodeWords[]): object {
  const { meaning = code, remedy = "" } = codes.find((each) => each.code === code) ?? {};
  const help = `${meaning} What to do: ${remedy}`;
  return {
    id: code,
    shortDescription: { text: meaning.split(/(?<=\.) /, 1)[0] },
    fullDescription: { text: meaning },
    help: { text: help, markdown: help },
    defaultConfiguration: { level: issueLevels[code] },
  };
}

function resultOf(fact: Issue, ruleIndex: number, places: Places): object {
  const { path, line, column } = placeOf(fact, places);
  return {
    ruleId: fact.code,
    ruleIndex,
    level: levelOf(fact, places),
    message: { text: wordsOf(fact) },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
          region: { startLine: line, startColumn: column },
        },
        logicalLocations: [{ fullyQualifiedName: printPath(fact.path) }],
      },
    ],
    partialFingerprints: { primaryLocationLineHash: fingerprintOf(fact, places) },
  };
}
