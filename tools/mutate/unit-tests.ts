/** Which unit tests are asked about a mutant, those that take seconds before those that start engines. */
import { basename, dirname } from "node:path";

export interface UnitTests {
  /** Files and folders. */
  readonly paths: readonly string[];
  readonly engines: boolean;
}

/**
 * All of the part without engines, and then with engines the files of the same name, or else all in the same folder.
 *
 * @param tests - Paths of all test files.
 */
export function unitTestsFor(path: string, tests: readonly string[]): UnitTests[] {
  const part = mirror(path.split("/").slice(0, 2).join("/"));
  const beside = tests.filter((test) => dirname(test) === mirror(dirname(path)));
  const named = tests.filter(
    (test) => isOfPart(test) && basename(path).startsWith(basename(test).split(".", 1)[0] ?? ""),
  );
  return [
    { paths: [`${part}/`], engines: false },
    { paths: named.length > 0 ? named : beside, engines: true },
  ];
}

function isOfPart(test: string): boolean {
  return /^test\/(promql|sli|compile)\//.test(test);
}

function mirror(path: string): string {
  return path.replace(/^src/, "test");
}
