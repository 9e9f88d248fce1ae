/** What promtool gets for one test: a file that holds it alone, and the rules that it reads. */
import { partsOf } from "./parts.ts";
import { type RuleText, textsRead } from "./rule-text.ts";
import { type Read, readerOf } from "./rules-read.ts";
import type { Kept, TestText } from "./test-text.ts";

/** Rules that a test file names: where they are, and their text where it is understood. */
export interface Rules {
  /** Absolute. */
  readonly path: string;
  readonly text: RuleText | undefined;
}

/** Files for a folder of its own: the test is called `TEST_NAME`. */
export interface Piece {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** The rule files, and which file of the folder has a part of each; none where they are read where they are. */
  readonly rules: readonly { readonly path: string; readonly name?: string }[];
}

export const TEST_NAME = "test.yaml";

/** The tests of a file, by their places: in parts on the rules that they read, or on all where one file is not understood. */
export function piecesRead(tests: TestText, rules: readonly Rules[]): (index: number) => Make[] {
  const texts = rules.flatMap(({ text }) => text ?? []);
  if (texts.length < rules.length) return piecesWhole(tests, rules);
  const readBy = readerOf(texts);
  const make = (index: number, read: Read, kept?: Kept): Make => {
    const annotations = kept === undefined || kept.alert_rule_test.size > 0;
    return () => pieceOf((names) => tests.alone(index, names, kept), textsRead(texts, read.rules, annotations), rules);
  };
  return (index) =>
    partsOf(tests, index, readBy)?.map(({ read, kept }) => make(index, read, kept)) ?? [
      make(index, readBy(tests.tests[index] ?? {})),
    ];
}

/** Texts are long: each is made when it is played. */
type Make = () => Piece;

/** A test that is written once the names of its rule files are known, on these texts of them. */
export function pieceOf(
  test: (names: readonly string[]) => string,
  texts: readonly string[],
  rules: readonly Pick<Rules, "path">[],
): Piece {
  const parts = rules.map(({ path }, at) => ({ path, name: `${at}.rules.yaml` }));
  const names = parts.map(({ name }) => name);
  const files = texts.map((text, at) => ({ name: names[at] as string, text }));
  return { files: [{ name: TEST_NAME, text: test(names) }, ...files], rules: parts };
}

/** The same on all rules, in one part. */
export function piecesWhole(tests: TestText, rules: readonly Rules[]): (index: number) => Make[] {
  const paths = rules.map(({ path }) => path);
  const piece = (index: number): Piece => ({
    files: [{ name: TEST_NAME, text: tests.alone(index, paths) }],
    rules: paths.map((path) => ({ path })),
  });
  return (index) => [() => piece(index)];
}
