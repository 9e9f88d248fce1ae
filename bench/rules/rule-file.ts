/** Rule files that the bench writes itself. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stringify } from "yaml";

export interface RuleGroupText {
  readonly name: string;
  readonly interval: string;
  readonly rules: readonly object[];
}

export function writeRules(path: string, groups: readonly RuleGroupText[]): string {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, stringify({ groups }, { lineWidth: 0 }));
  return path;
}
