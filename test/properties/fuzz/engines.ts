/** What the real engines say of generated files: one call for many, since each start costs more than a file. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Artifact, render } from "../../../src/emit/artifact.ts";
import { evaluated } from "../../../src/play/evaluated.ts";
import { writeTest, writeValue } from "../../support/play-tests.ts";
import { answersIn } from "../../support/remembered.ts";
import { choose, type TestFile } from "./rule-tests.ts";

/** The files of one build, in a folder of its own. */
export interface Built {
  readonly folder: string;
  readonly artifacts: readonly Artifact[];
}

/** What was asked, and what an engine answered to it that is no yes. */
export interface Refusal {
  readonly asked: string;
  readonly answer: string;
}

const ONLY_LOAD = "--run=^nothing, only whether they load$";

/** Everything that an engine does not take. The files stay in `root`. */
export async function refusals(root: string, builds: readonly Built[], played: number): Promise<Refusal[]> {
  const files = builds.flatMap(({ folder, artifacts }) => artifacts.map((artifact) => write(root, folder, artifact)));
  const ending = (text: string) => files.filter((path) => path.endsWith(text));
  const tests = builds.flatMap(testFiles);
  const chosen = choose(tests, played).map((each, index) => writeTest(root, `chosen-${index}`, each.rules, each.test));
  const written = [writeValue(root, "evaluated.yaml", evaluateAll(tests)), ...chosen];
  const engines = answersIn(root);
  const answers = await Promise.all([
    ask("promtool", ["check", "rules", "--lint=all", "--lint-fatal", ...ending(".rules.yaml")], engines),
    ask("promtool", ["test", "rules", ONLY_LOAD, ...tests.map(({ path }) => path)], engines),
    ask("promtool", ["test", "rules", ...written], engines),
    ask("amtool", ["check-config", "--enable-feature=utf8-strict-mode", ...ending("alertmanager.yaml")], engines),
  ]);
  return answers.flat();
}

function write(root: string, folder: string, artifact: Artifact): string {
  const path = join(folder, artifact.path);
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), render(artifact));
  return path;
}

function evaluateAll(tests: readonly TestFile[]): object {
  const rules = new Set(tests.map((file) => file.rules));
  return evaluated(
    [...rules],
    tests.map(({ value }) => value),
  );
}

function testFiles({ folder, artifacts }: Built): TestFile[] {
  const rulesOf = new Map(artifacts.map(({ path, value }) => [path, value]));
  return artifacts
    .filter(({ path }) => /^prometheus\/.*\.tests\.yaml$/.test(path))
    .map(({ path, value }) => {
      const rules = path.replace(/(\.(days|pause))?\.tests\./, ".rules.");
      return { path: join(folder, path), rules: join(folder, rules), groups: rulesOf.get(rules), value } as TestFile;
    });
}

async function ask(
  engine: "promtool" | "amtool",
  args: readonly string[],
  answer: ReturnType<typeof answersIn>,
): Promise<Refusal[]> {
  if (!args.some((word) => /\.yaml$/.test(word))) return [];
  const { status, stdout, stderr } = await answer(engine, args);
  const asked = `${engine} ${args.filter((word) => !/\.yaml$/.test(word)).join(" ")}`;
  return status === 0 ? [] : [{ asked, answer: failures(`${stdout}\n${stderr}`) }];
}

/** What failed, each with the lines before and after it that say where and why. */
function failures(output: string): string {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const near = (index: number) => lines.slice(index - 1, index + 4).some((line) => /FAILED|error|rror:/.test(line));
  return lines
    .filter((_line, index) => near(index))
    .slice(0, 60)
    .join("\n");
}
