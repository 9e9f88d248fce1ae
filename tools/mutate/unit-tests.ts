/** Which unit tests are asked about a mutant, those that take seconds before those that start engines. */
import { basename } from "node:path";

export interface UnitTests {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly engines: boolean;
}

/** What is neither a rule nor a test of one is written in `src/emit`, or asked of raw series. */
export const TESTS_OF_TEXTS: readonly UnitTests[] = [
  { paths: ["test/emit/"], engines: false },
  { paths: ["test/emit/alertmanager/message-texts.test.ts", "test/sli/debug-queries.test.ts"], engines: true },
];

/**
 * All of the part without engines, and with engines the files of the same name.
 *
 * @param tests - Paths of all test files.
 */
export function unitTestsFor(path: string, tests: readonly string[]): { quick: UnitTests; slow?: UnitTests } {
  const part = path.split("/").slice(0, 2).join("/").replace(/^src/, "test");
  const named = tests.filter(
    (test) => isOfPart(test) && basename(path).startsWith(basename(test).split(".", 1)[0] ?? ""),
  );
  // What a kind says of itself is tried where rules are made of it.
  const quick = { paths: part === "test/sli" ? ["test/sli/", "test/compile/"] : [`${part}/`], engines: false };
  return named.length === 0 ? { quick } : { quick, slow: { paths: named, engines: true } };
}

function isOfPart(test: string): boolean {
  return /^test\/(promql|sli|compile)\//.test(test);
}
