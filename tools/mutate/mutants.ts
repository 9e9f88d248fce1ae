/** All mutants of a file, and a sample of many. */
import ts from "typescript";
import { type Random, randomFrom } from "../../bench/oracle/random.ts";
import { type Change, changesOf } from "./operators.ts";

/** A file in which one thing is another. */
export interface Mutant extends Change {
  /** From the root of the repository. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  /** What stands there. */
  readonly from: string;
}

export function mutantsOf(path: string, text: string): Mutant[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Mutant[] = [];
  const look = (node: ts.Node): void => {
    if (isBeside(node)) return;
    for (const change of changesOf(node, file)) found.push({ ...change, path, ...placeOf(change, file) });
    ts.forEachChild(node, look);
  };
  look(file);
  return found;
}

/** The text of the mutant. */
export function mutated(text: string, { start, end, to }: Change): string {
  return text.slice(0, start) + to + text.slice(end);
}

/** All of them in an order that the seed decides. */
export function shuffled(mutants: readonly Mutant[], seed: number): Mutant[] {
  const random: Random = randomFrom(seed);
  const order = [...mutants];
  for (let last = order.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] as Mutant, order[last] as Mutant];
  }
  return order;
}

/** `src/sli/counting/gain.ts:31 "and" → "or"`, on one line. */
export function printMutant({ path, line, from, to }: Mutant): string {
  const short = (text: string): string => {
    const words = text.replace(/\s+/g, " ");
    return words.length > 60 ? `${words.slice(0, 40)} … ${words.slice(-17)}` : words;
  };
  return `${path}:${line} ${short(from)} → ${to === "" ? "(nothing)" : short(to)}`;
}

/** Types, imports and what is thrown: bugs alone throw. */
function isBeside(node: ts.Node): boolean {
  return (
    ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isThrowStatement(node)
  );
}

function placeOf({ start, end }: Change, file: ts.SourceFile): Pick<Mutant, "line" | "from"> {
  return { line: file.getLineAndCharacterOfPosition(start).line + 1, from: file.text.slice(start, end) };
}
