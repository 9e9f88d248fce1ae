/** `--json` is one document on stdout, whatever happens, and every error in it has a stable code. */
import { expect, test } from "vitest";
import { issueLevels } from "../../src/issue.ts";
import { firebreak, project, SOUND } from "./firebreak.ts";

interface Document {
  readonly ok: boolean;
  readonly code?: string;
  readonly failure?: string;
  readonly hint?: string;
  readonly issues: readonly { readonly code: string; readonly hint: string }[];
}

const BROKEN = SOUND["slos/index.ts"].replace("99.9", "0.999");

/** What each command needs to get as far as its declarations. */
const words: Readonly<Record<string, readonly string[]>> = {
  check: [],
  build: [],
  explain: [],
  simulate: [],
  diff: ["before"],
  review: ["before"],
  doctor: ["--prometheus", "http://127.0.0.1:1"],
  merge: ["--into", "alertmanager.yaml"],
};

/** They load none. */
const HERE = ["init", "test"];

async function commands(root: string): Promise<string[]> {
  const { stdout } = await firebreak(root, ["--describe"]);
  return (JSON.parse(stdout) as { commands: { name: string }[] }).commands.map(({ name }) => name);
}

async function document(root: string, ...args: string[]): Promise<[number | null, Document]> {
  const { status, stdout } = await firebreak(root, [...args, "--json"]);
  return [status, JSON.parse(stdout) as Document];
}

test("every command that loads declarations is tried here", async () => {
  expect((await commands(project({}))).filter((name) => !HERE.includes(name)).sort()).toEqual(
    Object.keys(words).sort(),
  );
});

test.each(Object.entries(words))(
  "%s gives the issues of broken declarations, each with its code",
  async (name, more) => {
    const root = project({
      ...SOUND,
      "slos/index.ts": BROKEN,
      "before/slos/index.ts": BROKEN,
      "alertmanager.yaml": "",
    });
    const [status, { ok, issues }] = await document(root, name, ...more);
    expect([status, ok]).toEqual([1, false]);
    expect(issues.map(({ code }) => code)).toContain("objective-out-of-range");
    for (const { code, hint } of issues) expect([Object.hasOwn(issueLevels, code), hint !== ""]).toEqual([true, true]);
  },
);

test.each(Object.entries(words))("%s gives a code where its file is not there", async (name, more) => {
  const [status, { ok, code, hint }] = await document(project({}), name, ...more, "--slos", "nowhere.ts");
  expect([status, ok, code]).toEqual([2, false, "unusable-path"]);
  expect(hint).not.toBe("");
});

test.each([...Object.keys(words), ...HERE])("%s gives a code for an option that it has not got", async (name) => {
  const [status, { ok, code, failure }] = await document(project({}), name, "--nonsense");
  expect([status, ok, code]).toEqual([2, false, "wrong-usage"]);
  expect(failure).toContain("--nonsense");
});
