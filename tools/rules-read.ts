/** Rule files as values, for tests and mutants; `firebreak test` takes the same rules out of a file's text. */
import { type Expectations, type RuleFile, readBy } from "../src/play/rules-read.ts";

/** The file without the rules that do not matter to the test; groups stay, in their order. */
export function rulesRead<File extends RuleFile>(file: File, test: Expectations): File {
  const read = readBy([file], test);
  return {
    ...file,
    groups: file.groups.map((group) => ({ ...group, rules: group.rules.filter((one) => read.has(one)) })),
  };
}
