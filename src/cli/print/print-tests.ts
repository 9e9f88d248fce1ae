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
export function wordsOfPlayed({ service, tests, earlier, failures }: Played, paint: Paint): string {
  const alike = Map.groupBy(failures, ({ file, words }) => JSON.stringify([file, words]));
  return [
    `${paint("bold", service)}: ${outcome({ tests, earlier, failed: failures.length }, paint)}`,
    ...[...alike.values()].flatMap((same) => failureLines(same, paint)),
  ].join("\n");
}

/** All of them together. */
export function totalWords(played: readonly Played[], paint: Paint): string {
  const sum = (of: (each: Played) => number) => played.reduce((total, each) => total + of(each), 0);
  const [tests, earlier] = [sum((each) => each.tests), sum((each) => each.earlier)];
  const failed = sum(({ failures }) => failures.length);
  const again = earlier > 0 ? `; --all plays ${earlier === 1 ? "it" : "them"} again` : "";
  return `${count(played.length, "service")}: ${outcome({ tests, earlier, failed }, paint)}${again}`;
}

interface Tally {
  readonly tests: number;
  readonly earlier: number;
  readonly failed: number;
}

function outcome({ tests, earlier, failed }: Tally, paint: Paint): string {
  const passed = `${count(tests, "test") || "no test"}${tests === 0 ? "" : " passed"}`;
  const now = failed > 0 ? paint("red", `${failed} of ${count(tests, "test")} failed`) : paint("green", passed);
  return earlier > 0 ? `${now}, ${earlierWords({ tests, earlier, failed })}` : now;
}

function earlierWords({ tests, earlier, failed }: Tally): string {
  const which = failed > 0 ? `${earlier} passed` : `${earlier === tests ? "all" : earlier} of them`;
  return `${which} earlier on the same rules`;
}

/** Where one mistake fails many tests, promtool says the same of each. */
function failureLines(same: readonly Failure[], paint: Paint): string[] {
  const names = same.map(({ file, test }) => `  ${file}${test === undefined ? "" : `: ${paint("bold", test)}`}`);
  return [...names, ...(same[0]?.words.split("\n") ?? []).map((line) => `  ${line}`)];
}
