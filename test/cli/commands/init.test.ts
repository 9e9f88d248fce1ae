/** `init` begins a project that works at once, beside whatever is there already. */
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { startHttp } from "../../support/live-http.ts";
import { firebreak, project } from "../firebreak.ts";

const ROOT = join(import.meta.dirname, "../../..");

/** As npm would have installed it. */
function withFirebreak(root: string): string {
  mkdirSync(join(root, "node_modules"), { recursive: true });
  symlinkSync(ROOT, join(root, "node_modules/firebreak"));
  return root;
}

function read(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}

test("an empty folder becomes a project whose build is green, and its diff folds what is generated", async () => {
  const root = withFirebreak(project({}));
  const began = await firebreak(root, ["init", "--name", "shop", "--owner", "web"]);
  expect(began).toMatchObject({ status: 0, stderr: "" });
  expect(read(root, "slos/index.ts")).toContain('owner: "web"');
  expect(read(root, ".gitattributes")).toBe("generated/** linguist-generated\n");
  const built = await firebreak(root, ["build"]);
  expect({ status: built.status, codes: built.stderr.match(/(error|warning) [a-z-]+/g) }).toEqual({
    status: 0,
    codes: ["warning retention-unknown"],
  });
  expect(built.stdout).toContain("shop/availability");
});

test("what stands after `npm run slos:check --`, such as --strict, reaches firebreak", async () => {
  const root = project({});
  await firebreak(root, ["init"]);
  const { scripts } = JSON.parse(read(root, "package.json")) as { scripts: Record<string, string> };
  expect(scripts["slos:check"]).toMatch(/firebreak check$/);
});

test("without a name it takes the folder's, as an id", async () => {
  const root = join(project({ "My Shop/.gitignore": "" }), "My Shop");
  const { stdout } = await firebreak(root, ["init", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({ ok: true, extended: [], kept: [".gitignore"] });
  expect((JSON.parse(read(root, "package.json")) as { name: string }).name).toBe("my-shop");
});

test("a name that is no id is wrong usage, and nothing is written", async () => {
  const root = project({});
  const { status, stderr } = await firebreak(root, ["init", "--name", "Check out!"]);
  expect([status, stderr]).toEqual([2, expect.stringContaining("--name check-out")]);
  expect(readdirSync(root)).toEqual([]);
});

test("a declaration that is there is in the way: it is named, and nothing at all is written", async () => {
  const root = project({ "slos/index.ts": "mine", "package.json": "{}\n" });
  const { status, stderr, stdout } = await firebreak(root, ["init"]);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^foreign-file slos\/index\.ts|foreign-file "slos\/index\.ts"/);
  expect(readdirSync(root).sort()).toEqual(["package.json", "slos"]);
  expect([read(root, "slos/index.ts"), read(root, "package.json")]).toEqual(["mine", "{}\n"]);
});

test("what a project says already stays: its scripts, its style, its lines and its pages", async () => {
  const before = {
    "package.json":
      '{\n\t"name": "mine",\n\t"scripts": { "slos:build": "make" },\n\t"dependencies": { "typescript": "5" }\n}',
    ".gitattributes": "*.png binary",
    "AGENTS.md": "# Mine\n",
    "tsconfig.json": "{ /* mine */ }",
  };
  const root = project(before);
  const { stdout } = await firebreak(root, ["init", "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    created: ["slos/index.ts", ".gitignore"],
    extended: ["package.json", ".gitattributes", "AGENTS.md"],
    kept: ["tsconfig.json"],
  });
  const extended = read(root, "package.json");
  expect(extended).toMatch(/^\{\n\t"name": "mine",\n[^\n]*\n\t\t"slos:check": .*\n\t\t"slos:build": "make"\n/s);
  expect(extended).not.toMatch(/devDependencies|\n$/);
  expect(read(root, ".gitattributes")).toBe("*.png binary\ngenerated/** linguist-generated\n");
  expect(read(root, "AGENTS.md")).toMatch(/^# Mine\n\n## SLOs/);
  expect(read(root, "tsconfig.json")).toBe(before["tsconfig.json"]);
});

test("a package.json that `npm install` made in an empty folder becomes a module's, so that Pulumi runs it as it stands", async () => {
  const made = { "package.json": '{ "devDependencies": { "firebreak": "file:vendor/firebreak.tgz" } }\n' };
  const typeOf = async (files: Record<string, string>) => {
    const root = project({ ...made, ...files });
    await firebreak(root, ["init"]);
    return JSON.parse(read(root, "package.json")) as { type?: string; private?: boolean; main?: string };
  };
  expect(await typeOf({})).toMatchObject({ type: "module", private: true });
  expect(await typeOf({ "tool.js": "" })).not.toHaveProperty("type");
  expect(await typeOf({ "Pulumi.yaml": "name: mine\n" })).not.toHaveProperty("type");
  expect(await typeOf({ "package.json": '{ "main": "index.js" }\n' })).not.toHaveProperty("type");
});

test("a package.json that is no JSON is named, and nothing is written", async () => {
  const root = project({ "package.json": "{" });
  const { status, stderr } = await firebreak(root, ["init"]);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining("package.json") });
  expect(readdirSync(root)).toEqual(["package.json"]);
});

test("with --pulumi an empty folder gets a program and a stack of its own name", async () => {
  const root = project({});
  await firebreak(root, ["init", "--name", "shop", "--pulumi"]);
  expect(read(root, "Pulumi.yaml")).toMatch(/^name: shop\n/);
  expect(read(root, "Pulumi.dev.yaml")).toBe("config:\n  shop:target:\n    kind: files\n    dir: deployed\n");
  expect(read(root, ".gitignore")).toContain("\ndeployed/\n");
  const { devDependencies } = JSON.parse(read(root, "package.json")) as typeof manifest;
  expect(devDependencies).toMatchObject(manifest.peerDependencies);
});

test("with --pulumi a package of CommonJS is warned that the program is a module", async () => {
  const { stdout } = await firebreak(project({ "package.json": '{ "type": "commonjs" }\n' }), ["init", "--pulumi"]);
  expect(stdout).toContain('"type": "commonjs"');
  const other = await firebreak(project({ "package.json": '{ "type": "module" }\n' }), ["init", "--pulumi"]);
  expect(other.stdout).not.toContain("commonjs");
});

test("with --pulumi a program that is there gets a part to import, and keeps its files", async () => {
  const root = project({ "Pulumi.yaml": "name: mine\n", "package.json": '{ "main": "index.ts" }\n' });
  const { stdout } = await firebreak(root, ["init", "--pulumi", "--json"]);
  expect((JSON.parse(stdout) as { created: string[] }).created).toContain("slos/deploy.ts");
  expect([read(root, "Pulumi.yaml"), existsSync(join(root, "program.ts"))]).toEqual(["name: mine\n", false]);
  expect(read(root, "slos/deploy.ts")).toContain('from "./index"');
});

test("the TypeScript that it asks for is the one that declarations are tested with", async () => {
  const root = project({});
  await firebreak(root, ["init"]);
  const { devDependencies } = JSON.parse(read(root, "package.json")) as typeof manifest;
  expect(devDependencies.typescript).toBe(`~${manifest.devDependencies.typescript}`);
});

test("a Prometheus that does not answer is an issue, and nothing is written", async () => {
  const root = project({});
  const server = await startHttp((_request, response) => void response.writeHead(503).end());
  const { status, stdout } = await firebreak(root, ["init", "--json", "--prometheus", server.url]);
  await server.stop();
  expect(status).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false, issues: [{ code: "prometheus-unreachable" }], created: [] });
  expect(readdirSync(root)).toEqual([]);
});
