/** What is in rule files, counted in their text: both tools write one line for every rule. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Rules in all files of the folder that are no tests. */
export function countRules(folder: string): number {
  return countMatches(folder, (name) => !name.includes(".tests."), /^ *(- )?(record|alert): /gm);
}

/** SLOs in a folder that firebreak wrote: each has one group among the short windows. */
export function countSlos(folder: string): number {
  return countMatches(
    folder,
    (name) => name.endsWith(".rules.yaml") && !name.endsWith(".long.rules.yaml"),
    /^ {2}- name: /gm,
  );
}

function countMatches(folder: string, isWanted: (name: string) => boolean, pattern: RegExp): number {
  const texts = readdirSync(folder)
    .filter(isWanted)
    .map((name) => readFileSync(join(folder, name), "utf8"));
  return texts.reduce((sum, text) => sum + (text.match(pattern)?.length ?? 0), 0);
}
