/** What is in rule files, counted in their text: both tools write one line for every rule. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Rules in all files of the folder that are no tests. */
export function countRules(folder: string): number {
  return countMatches(folder, (name) => !name.includes(".tests."), /^ *(- )?(record|alert): /gm);
}

/** SLOs in a folder that firebreak wrote: the first group of each has its id for a name. */
export function countSlos(folder: string): number {
  return countMatches(folder, (name) => name.endsWith(".rules.yaml"), /^ {2}- name: [^:\n]+\/[^:\n]+$/gm);
}

function countMatches(folder: string, isWanted: (name: string) => boolean, pattern: RegExp): number {
  const texts = readdirSync(folder)
    .filter(isWanted)
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}
