/** What tests of services came to, for people. */
import { basename } from "node:path";
import type { Failure, Played } from "../../io/play/play-services.ts";
import { count } from "./print-issues.ts";
import type { Paint } from "./terminal.ts";

/** What is played now, and how many services are done: that comes first, because a narrow terminal cuts the end off. */
export function progressWords(file: string, test: string | undefined, { done, all }: Progress): string {
  const name = `${basename(file)}${test === undefined ? "" : `: ${test}`}`;
  return all === 1 ? `testing ${name}` : `${done} of ${all} services tested, testing ${name}`;
}

interface Progress {
  /** Services. */
  readonly done: number;
  readonly all: number;
}

/** One line, and below it what failed and why. */
export function wordsOfPlayed({ service, tests, failures }: Played, paint: Paint): string {
  const alike = Map.groupBy(failures, ({ file, words }) => JSON.stringify([file, words]));
  return [
    `${paint("bold", service)}: ${outcome(tests, failures.length, paint)}`,
    ...[...alike.values()].flatMap((same) => failureLines(same, paint)),
  ].join("\n");
}

/** All of them together. */
export function totalWords(played: readonly Played[], paint: Paint): string {
  const sum = (of: (each: Played) => number) => played.reduce((total, each) => total + of(each), 0);
  return `${count(played.length, "service")}: ${outcome(
    sum(({ tests }) => tests),
    sum(({ failures }) => failures.length),
    paint,
  )}`;
}

function outcome(tests: number, failed: number, paint: Paint): string {
  if (failed > 0) return paint("red", `${failed} of ${count(tests, "test")} failed`);
  return paint("green", `${count(tests, "test") || "no test"}${tests === 0 ? "" : " passed"}`);
}

/** Where one mistake fails many tests, promtool says the same of each. */
function failureLines(same: readonly Failure[], paint: Paint): string[] {
  const names = same.map(({ file, test }) => `  ${file}${test === undefined ? "" : `: ${paint("bold", test)}`}`);
  return [...names, ...(same[0]?.words.split("\n") ?? []).map((line) => `  ${line}`)];
}
