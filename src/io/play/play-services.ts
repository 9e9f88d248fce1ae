/** Plays the tests of services in promtool: each on the rules that it reads, several at a time. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { render } from "../../emit/artifact.ts";
import { evaluated, LONG } from "../../play/evaluated.ts";
import { type Piece, pieceOf, piecesRead, piecesWhole, TEST_NAME } from "../../play/piece.ts";
import { failureWords } from "../../play/words.ts";
import type { ServiceTests } from "./find-tests.ts";
import type { Passed } from "./passed.ts";
import { openPool, type Pool } from "./pool.ts";
import type { Promtool } from "./promtool.ts";
import { isUnderstood, type ReadFile, readTestFiles, rulesKey, type Understood } from "./read-tests.ts";
import { inTemporaryFolder } from "./temporary-folder.ts";

export interface Played {
  readonly service: string;
  readonly tests: number;
  /** How many of them were not played, since promtool had passed them before on the same rules. */
  readonly earlier: number;
  readonly failures: readonly Failure[];
}

export interface Failure {
  readonly file: string;
  /** Its name; none where the file was played in one piece. */
  readonly test?: string;
  /** promtool's own. */
  readonly words: string;
}

interface Options {
  readonly promtool: Promtool;
  readonly passed: Passed;
  /** How many processes at a time. */
  readonly jobs: number;
  /** Told of every test when it begins. */
  readonly onTest: (file: string, test?: string) => void;
  /** Told where the tests of a service have to be played on all rules. */
  readonly onWhole: (service: string) => void;
  /** Told of every service when it is done. */
  readonly onPlayed: (played: Played) => void;
}

interface Stage extends Options {
  readonly folder: string;
  readonly pool: Pool;
}

/** In the order of the services. */
export function playServices(services: readonly ServiceTests[], options: Options): Promise<Played[]> {
  return inTemporaryFolder(options.promtool.stop, (folder) => {
    const stage = { ...options, folder, pool: openPool(options.jobs) };
    return Promise.all(services.map((tests) => playService(tests, stage)));
  });
}

async function playService({ service, files }: ServiceTests, stage: Stage): Promise<Played> {
  const { read, sound } = await stage.pool.run("beginning", () => begin(files, stage));
  if (read.some((file) => isUnderstood(file) && !sound.has(rulesKey(file)))) stage.onWhole(service);
  const answers = await Promise.all(read.flatMap((file) => playFile(file, sound.has(rulesKey(file)), stage)));
  const failures = answers.filter((answer) => typeof answer === "object");
  const earlier = answers.filter((answer) => answer === "passed earlier").length;
  const played = { service, tests: answers.length, earlier, failures };
  stage.onPlayed(played);
  return played;
}

interface Begun {
  readonly read: readonly ReadFile[];
  /** Keys of rules that can be evaluated. */
  readonly sound: ReadonlySet<string>;
}

/**
 * Evaluates all rules on the series of all tests. Where one cannot be, it may still be in every test alone, since none has
 * the series of all: then the tests are played on all rules, as promtool plays them.
 */
async function begin(paths: readonly string[], stage: Stage): Promise<Begun> {
  const read = readTestFiles(paths);
  const sound = new Set<string>();
  for (const [key, same] of Map.groupBy(read.filter(isUnderstood), rulesKey))
    if (await areEvaluable(same, stage)) sound.add(key);
  return { read, sound };
}

async function areEvaluable(files: readonly Understood[], stage: Stage): Promise<boolean> {
  const rules = files[0]?.rules ?? [];
  const histories = files.map(({ tests }) => tests);
  const test = (names: readonly string[]): string =>
    render({ path: TEST_NAME, format: "yaml", value: evaluated(names, histories, LONG) });
  const texts = rules.flatMap(({ text }) => text?.lines.join("\n") ?? []);
  return typeof (await playPiece(pieceOf(test, texts, rules), stage)) === "string";
}

type Outcome<Failed> = Failed | "passed" | "passed earlier";

interface Wrong {
  readonly words: string;
}

function playFile({ tests, path, rules }: ReadFile, isSound: boolean, stage: Stage): Promise<Outcome<Failure>>[] {
  if (tests === undefined) return [stage.pool.run("part", () => playAsItIs(path, stage))];
  const piecesOf = (isSound ? piecesRead : piecesWhole)(tests, rules);
  return tests.tests.map(async ({ name }, index) => {
    const test = name ?? `unnamed#${index}`;
    const begin = () => stage.onTest(path, test);
    const pieces = piecesOf(index).map((make) => stage.pool.run("part", () => playPiece(make(), stage, begin)));
    return summed(await Promise.all(pieces), { file: path, test });
  });
}

/** Of a test in parts. */
function summed(parts: readonly Outcome<Wrong>[], of: Omit<Failure, "words">): Outcome<Failure> {
  const wrong = parts.filter((part) => typeof part === "object");
  if (wrong.length > 0) return { ...of, words: wrong.map(({ words }) => words).join("\n") };
  return parts.includes("passed") ? "passed" : "passed earlier";
}

async function playAsItIs(path: string, { promtool, folder, onTest }: Stage): Promise<Outcome<Failure>> {
  onTest(path);
  const answer = await promtool.test(path, folder);
  return answer.status === 0 ? "passed" : { file: path, words: failureWords(answer, []) };
}

/** @param onBegin - Called where it has to be played. */
async function playPiece(piece: Piece, stage: Stage, onBegin = () => {}): Promise<Outcome<Wrong>> {
  if (stage.passed.has(piece)) return "passed earlier";
  onBegin();
  const folder = mkdtempSync(join(stage.folder, "test-"));
  for (const { name, text } of piece.files) writeFileSync(join(folder, name), text);
  const answer = await stage.promtool.test(join(folder, TEST_NAME), stage.folder);
  rmSync(folder, { recursive: true });
  if (answer.status !== 0) return { words: failureWords(answer, placesOf(piece, folder)) };
  stage.passed.add(piece);
  return "passed";
}

/** Where promtool read rules, and what a person calls that. */
function placesOf({ rules }: Piece, folder: string): (readonly [read: string, called: string])[] {
  return rules.map(({ name, path }) => [name === undefined ? path : join(folder, name), relative(".", path)]);
}
