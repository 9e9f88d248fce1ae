/** The `files` target in the real Pulumi engine: no cluster, no plugin, and nothing foreign is touched. */
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { ServiceDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { SloStack, type SloStackArgs } from "../../src/pulumi/index.ts";
import { FailedOperation, makeStack, type Operation, type TestStack } from "../support/cluster/stack.ts";
import { describeWithEngine } from "../support/engines.ts";
import { gateway, platform, search, withObjective } from "./declarations.ts";

describeWithEngine("pulumi", "files, deployed by the real engine", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-files-"));
  const out = join(dir, "out");
  let pulumi: TestStack;
  let declared: SloStackArgs;

  const deploy = (services: readonly ServiceDeclaration[], more: Partial<SloStackArgs> = {}) => {
    declared = { services, platform, target: { kind: "files", dir: out }, ...more };
  };

  beforeAll(async () => {
    deploy([gateway, search]);
    pulumi = await makeStack(dir, async () => ({ objects: new SloStack("slos", declared).objects }));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  test("a preview writes nothing", async () => {
    const { changes } = await pulumi.preview();
    expect(changes.map(({ op }) => op)).toContain("create");
    expect(existsSync(out)).toBe(false);
  });

  test("an up writes, byte for byte, what a build writes", async () => {
    await pulumi.up();
    expect(filesIn(out)).toEqual(built([gateway, search]));
  });

  test("another stack is refused the directory, by name, before it writes anything, and its destroy deletes nothing", async () => {
    const theirs = { ...search, name: "billing" };
    const program = async () =>
      void new SloStack("slos", { services: [theirs], platform, target: { kind: "files", dir: out } });
    const other = await makeStack(dir, program, { name: "other" });
    await expect(other.preview()).rejects.toThrow(/is the directory of the stack firebreak-test\/test\./);
    await expect(other.up()).rejects.toThrow(/is the directory of the stack firebreak-test\/test\./);
    expect(filesIn(out)).toEqual(built([gateway, search]));
    await other.destroy();
    expect(filesIn(out)).toEqual(built([gateway, search]));
  });

  test("a changed objective is shown as such, and changes the files of its service only", async () => {
    deploy([withObjective(99.95), search]);
    const { changes } = await pulumi.preview();
    expect(changes.flatMap(({ values }) => values)).toContain("slos.error-rate.objective: 99.9 => 99.95");
    const [before, after] = [built([gateway, search]), built([withObjective(99.95), search])];
    const changed = Object.keys(after).filter((path) => after[path] !== before[path]);
    expect(changed).toContain("prometheus/gateway.rules.yaml");
    expect(changed.filter((path) => !path.includes("gateway"))).toEqual([]);
    expect(happened(changes)).toEqual(["Service slos/gateway", ...changed.sort()].map((what) => `update ${what}`));
    await pulumi.up();
    expect(filesIn(out)).toEqual(built([withObjective(99.95), search]));
  });

  test("another order changes nothing", async () => {
    deploy([search, { ...withObjective(99.95), slos: [...(withObjective(99.95).slos ?? [])].reverse() }]);
    expect(happened((await pulumi.preview()).changes)).toEqual([]);
  });

  test("what was edited or deleted by hand is shown, and repaired", async () => {
    // Older versions left a list of what they had written: it goes as soon as anything is written.
    writeFileSync(join(out, ".firebreak"), "# Made by firebreak. These files are its own.\n");
    writeFileSync(join(out, "prometheus/gateway.rules.yaml"), "groups: []\n");
    rmSync(join(out, "runbooks/search/availability.md"));
    expect(happened((await pulumi.preview()).changes)).toEqual([
      "create runbooks/search/availability.md",
      "update prometheus/gateway.rules.yaml",
    ]);
    await pulumi.up();
    expect(filesIn(out)).toEqual(built([withObjective(99.95), search]));
  });

  test("a renamed SLO keeps its place in the state, and its old runbook goes", async () => {
    const renamed = {
      ...search,
      slos: search.slos?.map((slo) => ({ ...slo, name: "uptime", formerly: [slo.name] })) ?? [],
    };
    deploy([withObjective(99.95), renamed]);
    const { changes } = await pulumi.up();
    expect(happened(changes)).toContain("replace runbooks/search/uptime.md");
    expect(filesIn(out)).toEqual(built([withObjective(99.95), renamed]));
  });

  test("a renamed service takes its files along", async () => {
    const renamed = { ...search, name: "find", formerly: ["search"] };
    deploy([withObjective(99.95), renamed]);
    await pulumi.up();
    expect(filesIn(out)).toEqual(built([withObjective(99.95), renamed]));
  });

  test("a file that somebody else put there stops the preview already, and stays", async () => {
    const foreign = join(out, "prometheus/search.rules.yaml");
    writeFileSync(foreign, "mine\n");
    deploy([withObjective(99.95), { ...search, name: "find", formerly: ["search"] }, search]);
    await expect(pulumi.preview()).rejects.toThrow(/search\.rules\.yaml is in the way/);
    await expect(pulumi.up()).rejects.toThrow(/firebreak did not make it/);
    expect(readFileSync(foreign, "utf8")).toBe("mine\n");
  });

  test("declarations with errors register nothing, and the text is the command line's", async () => {
    deploy([withObjective(999), { ...search, owner: "" }]);
    const failure = (await pulumi.preview().catch((error: unknown) => error)) as FailedOperation;
    expect(failure).toBeInstanceOf(FailedOperation);
    expect(failure.message).toContain("objective-out-of-range gateway.slos[0].objective:");
    expect(failure.message).toContain("missing-owner search.owner:");
    expect(failure.message).not.toContain("    at ");
  });

  test("a file of ours that is in no state is taken over, edited or not", async () => {
    rmSync(join(out, "prometheus/search.rules.yaml"));
    deploy([withObjective(99.95), search]);
    const rules = built([search])["prometheus/search.rules.yaml"] ?? "";
    writeFileSync(join(out, "prometheus/search.rules.yaml"), `${rules}# edited\n`);
    await pulumi.up();
    expect(filesIn(out)).toEqual(built([withObjective(99.95), search]));
  });

  test("secrets are not written into files", async () => {
    deploy([gateway], { secrets: { pagerduty: "s3cret", slack: "s3cret" } });
    await expect(pulumi.preview()).rejects.toThrow(/not-deployable secrets: files would hold the secrets in clear/);
  });

  test("destroy takes its own files and folders, also edited ones, and leaves the others", async () => {
    writeFileSync(join(out, "prometheus/mine.rules.yaml"), "mine\n");
    writeFileSync(join(out, "prometheus/search.rules.yaml"), "mine too\n");
    appendFileSync(join(out, "prometheus/gateway.rules.yaml"), "# edited\n");
    await pulumi.destroy();
    expect(existsSync(join(out, ".firebreak-stack"))).toBe(false);
    expect(filesIn(out)).toEqual({
      "prometheus/mine.rules.yaml": "mine\n",
      "prometheus/search.rules.yaml": "mine too\n",
    });
  });
});

/** `operation what`, of everything that is not the same, sorted. */
function happened(changes: Operation["changes"]): string[] {
  return changes
    .filter(({ op }) => op !== "same")
    .map(({ op, what }) => `${op} ${what}`)
    .sort();
}

function built(services: readonly ServiceDeclaration[]): Record<string, string> {
  const { artifacts } = build({ services, platform, templates: readTemplates() });
  return Object.fromEntries(artifacts.map((artifact) => [artifact.path, render(artifact)]));
}

function filesIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== ".firebreak-stack")
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
  return Object.fromEntries(paths.sort().map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}
