/** Questions to a person at a terminal; in a pipe there is nobody to ask. */
import { createInterface } from "node:readline/promises";
import type { Terminal } from "../print/terminal.ts";

export interface Questions {
  readonly ask: (question: string) => Promise<string>;
  readonly close: () => void;
}

/** Undefined where nobody can answer. */
export function openQuestions({ isScreen }: Terminal): Questions | undefined {
  if (!isScreen || process.stdin.isTTY !== true) return undefined;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return { ask: (question) => lines.question(question), close: () => lines.close() };
}
