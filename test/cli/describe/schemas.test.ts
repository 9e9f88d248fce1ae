/** The schemas of the package hold for what is really declared and printed, judged by a validator of its own. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { platform, services } from "../../../slos/index.ts";
import { schemaFiles } from "../../../src/cli/describe/json-schemas.ts";
import { firebreak, project, SOUND } from "../firebreak.ts";

const SCHEMAS = join(import.meta.dirname, "..", "..", "..", "schemas");

/** What a validator says against a document; null where it holds. */
function faults(schema: string, document: unknown): unknown {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const validate = ajv.compile(JSON.parse(readFileSync(join(SCHEMAS, schema), "utf8")) as object);
  validate(document);
  return validate.errors ?? null;
}

test("the files are what the code says: npm run schemas writes them", () => {
  const files = schemaFiles();
  expect(readdirSync(SCHEMAS).sort()).toEqual(Object.keys(files).sort());
  for (const [name, schema] of Object.entries(files))
    expect(JSON.parse(readFileSync(join(SCHEMAS, name), "utf8")), name).toEqual(JSON.parse(JSON.stringify(schema)));
});

describe("declarations", () => {
  const plain = JSON.parse(JSON.stringify({ services, platform })) as { services: { slos: object[] }[] };

  test("of this repository hold", () => {
    expect(faults("declarations.schema.json", plain)).toBe(null);
  });

  const spoils: [string, (slo: object) => object][] = [
    ["a misspelt field", (slo: object) => ({ ...slo, objectve: 99 })],
    ["an SLI of no kind", (slo: object) => ({ ...slo, sli: { kind: "event" } })],
    ["an objective in words", (slo: object) => ({ ...slo, objective: "99.9%" })],
  ];

  test.each(spoils)("with %s do not", (_what, spoil) => {
    const [first, ...rest] = plain.services;
    const spoilt = { ...first, slos: first?.slos.map(spoil) };
    expect(faults("declarations.schema.json", { ...plain, services: [spoilt, ...rest] })).not.toBe(null);
  });
});

const CHANGED = SOUND["slos/index.ts"].replace("99.9,", "99.5,");
const BROKEN = SOUND["slos/index.ts"].replace("99.9,", "100,");
const FILES = {
  ...SOUND,
  "before.ts": CHANGED,
  "broken.ts": BROKEN,
  "alertmanager.yaml": "route:\n  receiver: mine\nreceivers:\n  - name: mine\n",
};

/** Nothing listens on port 1. */
const NOBODY = "http://127.0.0.1:1";

describe("what a command prints holds", () => {
  test.each([
    [["check", "--json"], 0],
    [["build", "--json"], 0],
    [["explain", "--json"], 0],
    [["explain", "api/availability", "--json"], 0],
    [["simulate", "--json"], 0],
    [["diff", "before.ts", "--json"], 0],
    [["diff", "before.ts", "--json", "--fail-on", "any", "--slos", "before.ts"], 0],
    [["review", "before.ts", "--json"], 0],
    [["merge", "--into", "alertmanager.yaml", "--json"], 0],
    [["check", "--json", "--slos", "broken.ts"], 1],
    [["build", "--json", "--slos", "broken.ts"], 1],
    [["explain", "--json", "--slos", "broken.ts"], 1],
    [["simulate", "--json", "--slos", "broken.ts"], 1],
    [["diff", "before.ts", "--json", "--slos", "broken.ts"], 1],
    [["diff", "broken.ts", "--json"], 1],
    [["diff", "nowhere", "--json"], 1],
    [["review", "broken.ts", "--json"], 1],
    [["merge", "--into", "alertmanager.yaml", "--json", "--slos", "broken.ts"], 1],
    [["doctor", "--json", "--prometheus", NOBODY], 1],
    [["init", "--json"], 1],
  ])("firebreak %j", async (args, exit) => {
    const { status, stdout } = await firebreak(project(FILES), args);
    const document = JSON.parse(stdout) as { ok: boolean };
    expect({ status, ok: document.ok }).toEqual({ status: exit, ok: exit === 0 });
    expect(faults(`${args[0]}.output.schema.json`, document)).toBe(null);
  });

  test("where a change breaks something, too", async () => {
    const args = ["diff", "slos/index.ts", "--slos", "before.ts", "--json", "--fail-on", "loosened"];
    const { status, stdout } = await firebreak(project(FILES), args);
    const document = JSON.parse(stdout) as { failed: unknown; breaks: unknown[] };
    expect([status, document.failed, document.breaks.length]).toEqual([1, ["loosened"], 1]);
    expect(faults("diff.output.schema.json", document)).toBe(null);
  });

  test.each([["explain"], ["check"], ["simulate"]])("of %s for all that this repository declares", async (name) => {
    const { stdout } = await firebreak(join(SCHEMAS, ".."), [name, "--json"]);
    expect(faults(`${name}.output.schema.json`, JSON.parse(stdout))).toBe(null);
  });

  test("in an empty folder of init", async () => {
    const { stdout } = await firebreak(project({}), ["init", "--json"]);
    expect(faults("init.output.schema.json", JSON.parse(stdout))).toBe(null);
  });

  test.each([
    [["bild", "--json"], "wrong-usage"],
    [["merge", "--json"], "wrong-usage"],
    [["check", "--json", "--slos", "nowhere.ts"], "unusable-path"],
  ])("at exit 2: firebreak %j", async (args, code) => {
    const { status, stdout } = await firebreak(project(SOUND), args);
    const document = JSON.parse(stdout) as { code: string };
    expect([status, document.code]).toEqual([2, code]);
    expect(faults("failure.output.schema.json", document)).toBe(null);
  });
});

describe("--describe", () => {
  test("names every command, each with an output that has a schema", async () => {
    const { stdout } = await firebreak(project({}), ["--describe"]);
    const { commands } = JSON.parse(stdout) as { commands: { name: string; output: string }[] };
    const { stdout: help } = await firebreak(project({}), ["--help"]);
    expect(commands.filter(({ name }) => !help.includes(`\n  ${name} `))).toEqual([]);
    expect(commands.map(({ output }) => output).filter((file) => !readdirSync(SCHEMAS).includes(file))).toEqual([]);
    expect(commands.length + 2).toBe(Object.keys(schemaFiles()).length);
  });

  test("of a command has its options and operands, and needs no operand to say so", async () => {
    const { status, stdout } = await firebreak(project({}), ["diff", "--describe"]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: "diff",
      operands: [{ name: "base", required: false }],
      options: expect.arrayContaining([expect.objectContaining({ name: "--fail-on", multiple: true })]),
      outputSchema: expect.objectContaining({ properties: expect.objectContaining({ breaks: expect.anything() }) }),
    });
  });
});

test("llms.txt names files that are there", () => {
  const root = join(SCHEMAS, "..");
  const text = readFileSync(join(root, "llms.txt"), "utf8");
  const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, path = ""]) => path);
  expect(links.length).toBeGreaterThan(15);
  for (const path of links) expect(readFileSync(join(root, path), "utf8").length, path).toBeGreaterThan(0);
});
