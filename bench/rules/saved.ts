/** Results in a file, one a line: a long run may be stopped, and what it had found is still there. */
import { appendFileSync, readFileSync } from "node:fs";
import type { Results } from "./report.ts";

type Part = keyof Results;

export function saveResult(path: string, part: Part, result: unknown): void {
  appendFileSync(path, `${JSON.stringify({ part, result })}\n`);
}

/** The last result of each name. */
export function readResults(path: string): Results {
  const lines = readFileSync(path, "utf8").split("\n").filter(Boolean);
  const found = lines.map((line) => JSON.parse(line) as { part: Part; result: { name: string } });
  const of = (part: Part): unknown[] => {
    const named = found.filter((one) => one.part === part).map(({ result }) => [result.name, result] as const);
    return [...new Map(named).values()];
  };
  return { accuracy: of("accuracy"), periods: of("periods"), costs: of("costs") } as unknown as Results;
}
