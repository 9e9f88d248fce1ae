/** Rule files of the user's own, or objects of Kubernetes that hold rules: which expressions they have. */
import { parseAllDocuments } from "yaml";
import { type Issue, issue } from "../../issue.ts";
import { parseExpression } from "../../promql/grammar/parse.ts";
import { code } from "../words.ts";
import type { Reader } from "./reader.ts";

export interface ReadRules {
  readonly readers: readonly Reader[];
  /** `rules-unreadable`: of these rules nothing is known. */
  readonly issues: readonly Issue[];
}

/** @param file - As issues and the difference name it. */
export function readRules(text: string, file: string): ReadRules {
  const documents = parseAllDocuments(text, { logLevel: "silent" });
  const broken = [documents].flat().flatMap((each) => each.errors)[0];
  if (broken) return { readers: [], issues: [unreadable(file, `it is not YAML: ${broken.message.split("\n", 1)[0]}`)] };
  const values = [documents].flat().map((each) => each.toJS() as unknown);
  const groups = values.flatMap(groupsIn);
  if (groups.length === 0) return { readers: [], issues: [unreadable(file, "it has no groups of rules")] };
  const found = groups.flatMap((group) => listIn(group, "rules").map((rule) => readRule(rule, file)));
  return {
    readers: found.flatMap((each) => ("expr" in each ? [each] : [])),
    issues: found.flatMap((each) => ("code" in each ? [each] : [])),
  };
}

/** Of a rule file, or of a PrometheusRule or a list of them. */
function groupsIn(value: unknown): unknown[] {
  return [
    ...listIn(value, "groups"),
    ...listIn(fieldOf(value, "spec"), "groups"),
    ...listIn(value, "items").flatMap(groupsIn),
  ];
}

function readRule(rule: unknown, file: string): Reader | Issue {
  const name = String(fieldOf(rule, "record") ?? fieldOf(rule, "alert") ?? "");
  const expr = String(fieldOf(rule, "expr") ?? "");
  const parsed = parseExpression(expr);
  if (!parsed.ok) return unreadable(file, `the expression of ${name} does not parse: ${parsed.problem.message}`);
  return { place: `${code(name)} in ${code(file)}`, expr };
}

function listIn(value: unknown, key: string): unknown[] {
  const list = fieldOf(value, key);
  return Array.isArray(list) ? list : [];
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function unreadable(file: string, message: string): Issue {
  return issue(
    "rules-unreadable",
    ["--rules", file],
    `${message}.`,
    "Name files that `promtool check rules` accepts; what this one reads is not known.",
  );
}
