/** What is published works where it is installed: as ES module, as CommonJS, as types and as a command, on the oldest Node too. */
import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { SOUND } from "../cli/firebreak.ts";
import { type Pulumi, pulumiByHand } from "../support/by-hand.ts";
import { describeBeyondNpm, describeWithEngine } from "../support/engines.ts";
import { startPolicies } from "../support/policy-pack.ts";
import { OLDEST_NODE, oldestNode } from "./oldest-node.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

const root = mkdtempSync(join(tmpdir(), "firebreak-pack-"));
const dist = join(root, "dist");
const project = join(root, "project");
const installed = join(project, "node_modules/firebreak");

let tarball: string;

beforeAll(() => {
  tarball = execFileSync(process.execPath, [join(ROOT, "tools/pack.ts"), dist], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
  install();
  put("slos/index.ts", SOUND["slos/index.ts"]);
});

afterAll(() => rmSync(root, { recursive: true }));

describe("the tarball", () => {
  test("holds compiled files, templates and pages, and nothing else of the repository", () => {
    const files = execFileSync("tar", ["-tzf", tarball], { encoding: "utf8" }).trim().split("\n");
    expect(files).toEqual(
      expect.arrayContaining([
        "package/package.json",
        "package/src/index.js",
        "package/src/index.d.ts",
        "package/templates/runbook.md.hbs",
        "package/docs/your-own-project.md",
        "package/llms.txt",
        "package/THIRD-PARTY-LICENSES",
        "package/schemas/declarations.schema.json",
        "package/deploy/program.ts",
        "package/deploy/Pulumi.cluster.example.yaml",
        "package/policy/PulumiPolicy.yaml",
      ]),
    );
    expect(
      files.filter(
        (file) =>
          !/^package\/(package\.json|(README|CHANGELOG|ARCHITECTURE|CONTRIBUTING)\.md|LICENSE|THIRD-PARTY-LICENSES|llms\.txt|schemas\/.*\.schema\.json|docs\/.*\.(md|png)|slos\/.*\.(ts|md)|src\/.*(\.js|\.d\.ts)|templates\/.*|ci\/((review|fresh)\.sh|github\/(action|comment|fresh)\.yml|gitlab\/review\.yml)|deploy\/((program|recover)\.ts|Pulumi\..*yaml|Pulumi\.yaml)|policy\/.*\.(js|json|yaml))$/.test(
            file,
          ),
      ),
    ).toEqual([]);
  });

  test("has whatever its pages link to", () => {
    const pages = ["README.md", ...readdirSync(join(dist, "docs")).map((name) => `docs/${name}`)];
    const links = pages
      .filter((page) => page.endsWith(".md"))
      .flatMap((page) => {
        const text = readFileSync(join(dist, page), "utf8");
        const targets = [...text.matchAll(/\]\((?!\w+:|#)([^)#\s]+)/g)].map(([, target = ""]) => target);
        return targets.map((target) => join(dirname(page), target));
      });
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !existsSync(join(dist, link)))).toEqual([]);
  });

  test("has a manifest that publint finds nothing in, and that may be published", async () => {
    const manifest = JSON.parse(readFileSync(join(dist, "package.json"), "utf8")) as Record<string, unknown>;
    const { messages } = await publint({ pkgDir: dist, strict: true });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
    expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining(["private"]));
    expect(manifest).not.toHaveProperty("scripts");
    expect(manifest).not.toHaveProperty("devDependencies");
  });
});

describe("types", () => {
  test.each([
    ["nodenext", ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext, ["types.mts", "types.cts"]],
    ["bundler", ts.ModuleKind.ESNext, ts.ModuleResolutionKind.Bundler, ["types.ts"]],
    ["node10", ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10, ["types.ts"]],
  ])("are found with moduleResolution %s", (_title, module, moduleResolution, files) => {
    for (const file of files)
      put(
        file,
        `import { defineService, events, type ServiceDeclaration } from "firebreak";
export const api: ServiceDeclaration = defineService({ name: "api", owner: "web", slos: [
  { name: "availability", objective: 99.9, sli: events({ total: "a", bad: "b" }) }] });
// @ts-expect-error: a misspelt key is an error
defineService({ name: "api", ownr: "web" });`,
      );
    expect(mistakesIn(files, { module, moduleResolution })).toBe("");
  });
});

/** What the compiler says of files of the project, and of the types of the package; those of zod are not ours. */
function mistakesIn(files: readonly string[], options: ts.CompilerOptions): string {
  const rootNames = files.map((file) => join(project, file));
  const strictly = { noEmit: true, strict: true, target: ts.ScriptTarget.ES2023, lib: ["lib.es2023.d.ts"], types: [] };
  const program = ts.createProgram({ rootNames, options: { ...strictly, ...options, ignoreDeprecations: "6.0" } });
  const ours = program.getSourceFiles().filter(({ fileName }) => fileName.startsWith(`${project}/`));
  expect(ours.length).toBeGreaterThan(files.length + 10);
  const mistakes = ours.flatMap((file) => ts.getPreEmitDiagnostics(program, file));
  return ts.formatDiagnostics(mistakes, ts.createCompilerHost({}));
}

describeWithEngine("pulumi", "a Pulumi program with three files of declarations", () => {
  let pulumi: Pulumi;

  beforeAll(() => {
    pulumi = pulumiByHand(mkdtempSync(join(root, "pulumi-")));
  });

  const declarations = (extension: string): Record<string, string> => ({
    "slos/search.ts": service("search"),
    "slos/checkout.ts": service("checkout"),
    "slos/index.ts": `import { checkout } from "./checkout${extension}";
import { search } from "./search${extension}";
export const services = [checkout, search];`,
    "index.ts": `import { SloStack } from "firebreak/pulumi";
import { services } from "./slos/index${extension}";
export const { objects } = new SloStack("slos", { services, platform: { retention: "60d" }, target: { kind: "files", dir: "out" } });`,
  });
  const service = (name: string) => `import { defineService, events } from "firebreak";
export const ${name} = defineService({ name: "${name}", owner: "web", runbooks: "https://runbooks.example.com",
  slos: [{ name: "availability", objective: 99.9, sli: events({ total: "a_total", bad: "b_total" }) }] });`;

  test.each([
    ["CommonJS, compiled by Pulumi", "classic", "", {}, "runtime: nodejs\n"],
    [
      "an ES module, as it stands",
      "modern",
      ".ts",
      { type: "module" },
      "runtime: { name: nodejs, options: { typescript: false } }\nmain: index.ts\n",
    ],
  ])("%s", (_title, folder, extension, manifest, runtime) => {
    const program = join(project, folder);
    const files = {
      ...declarations(extension),
      "package.json": JSON.stringify({ name: folder, main: "index.ts", ...manifest }),
      "Pulumi.yaml": `name: ${folder}\n${runtime}`,
    };
    for (const [file, text] of Object.entries(files)) put(`${folder}/${file}`, text);
    expect(pulumi(program, "stack", "init", "test")).toMatchObject({ status: 0 });
    expect(pulumi(program, "up", "--yes", "--skip-preview", "--stack", "test")).toMatchObject({ status: 0 });
    expect(existsSync(join(program, "out/runbooks/checkout/availability.md"))).toBe(true);
  });
});

describeWithEngine("pulumi", "a project that has copied deploy/", () => {
  let pulumi: Pulumi;

  beforeAll(() => {
    pulumi = pulumiByHand(mkdtempSync(join(root, "copied-")));
  });

  test("deploys its own declarations, and takes them away again", () => {
    const copied = join(project, "copied");
    put("copied/package.json", JSON.stringify({ type: "module" }));
    put("copied/slos/index.ts", SOUND["slos/index.ts"]);
    cpSync(join(installed, "deploy"), copied, { recursive: true });
    expect(pulumi(copied, "stack", "init", "dev")).toMatchObject({ status: 0 });
    expect(pulumi(copied, "up", "--yes", "--skip-preview", "--stack", "dev")).toMatchObject({ status: 0 });
    expect(existsSync(join(copied, "deployed/runbooks/api/availability.md"))).toBe(true);
    expect(pulumi(copied, "destroy", "--yes", "--skip-preview", "--stack", "dev")).toMatchObject({ status: 0 });
    expect(existsSync(join(copied, "deployed"))).toBe(false);
  });
});

test("the policies of the tarball refuse what the repository's refuse", async () => {
  const policies = await startPolicies({}, join(installed, "policy"));
  const objective = { slos: { availability: { objective: 99.9999 } } };
  expect(await policies.analyze("firebreak:index:Service", objective)).toEqual([
    expect.stringMatching(/^objective-bounds: /),
  ]);
  policies.stop();
});

describe("on this Node", () => worksOn(() => process.execPath));
describeBeyondNpm(`Node ${OLDEST_NODE}`, "on the oldest Node", () => worksOn(oldestNode));

function worksOn(findNode: () => string): void {
  const uses =
    'const s = defineService({ name: "api", owner: "web" }); console.log(s.name, events({ total: "a", bad: "b" }).kind);';

  test("an ES module imports it", (context) => {
    expect(
      runNode(context, findNode, [
        "--input-type=module",
        "--eval",
        `import { defineService, events } from "firebreak"; ${uses}`,
      ]),
    ).toMatchObject({ stdout: "api events\n", stderr: "" });
  });

  test("a CommonJS program requires it", (context) => {
    expect(
      runNode(context, findNode, [
        "--input-type=commonjs",
        "--eval",
        `const { defineService, events } = require("firebreak"); ${uses}`,
      ]),
    ).toMatchObject({ stdout: "api events\n", stderr: "" });
  });

  test("the command builds TypeScript declarations that import the installed package", (context) => {
    const node = nodeFor(context, findNode);
    const out = mkdtempSync(join(root, "out-"));
    const { status, stdout, stderr } = spawnSync(
      join(project, "node_modules/.bin/firebreak"),
      ["build", "--out", out],
      { cwd: project, encoding: "utf8", env: withNode(node) },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("api/availability");
    expect(existsSync(join(out, "runbooks/api/availability.md"))).toBe(true);
  });

  test("init begins a project here that the command builds", (context) => {
    const node = nodeFor(context, findNode);
    const begun = mkdtempSync(join(project, "begun-"));
    const run = (...args: string[]) =>
      spawnSync(join(project, "node_modules/.bin/firebreak"), args, {
        cwd: begun,
        encoding: "utf8",
        env: withNode(node),
      });
    expect(run("init", "--name", "shop", "--pulumi")).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(begun, "Pulumi.dev.yaml"), "utf8")).toContain("shop:target:");
    expect(run("build")).toMatchObject({ status: 0, stdout: expect.stringContaining("shop/availability") });
  });

  test("the command names the place of a declaration that does not load", (context) => {
    const node = nodeFor(context, findNode);
    put("broken.ts", 'import { events } from "firebreak";\nenum Color { red }\n');
    const { status, stderr } = spawnSync(
      join(project, "node_modules/.bin/firebreak"),
      ["check", "--slos", "broken.ts"],
      { cwd: project, encoding: "utf8", env: withNode(node) },
    );
    expect({ status, stderr }).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^broken\.ts:2 not-loadable /),
    });
  });
}

// As npm would, without a network: the packed files, and the repository's own copies of the dependencies.
function install(): void {
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(project, "node_modules/.bin"));
  writeFileSync(join(project, "package.json"), "{}");
  execFileSync("tar", ["-xzf", tarball, "-C", installed, "--strip-components=1"]);
  const manifest = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
    bin: { firebreak: string };
    dependencies: Record<string, string>;
  };
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), link);
  }
  // Optional peers: whoever deploys has them.
  symlinkSync(join(ROOT, "node_modules/@pulumi"), join(project, "node_modules/@pulumi"));
  symlinkSync(join(ROOT, "node_modules/typescript"), join(project, "node_modules/typescript"));
  symlinkSync(join("../firebreak", manifest.bin.firebreak), join(project, "node_modules/.bin/firebreak"));
}

function put(path: string, content: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), content);
}

function runNode(
  context: TestContext,
  findNode: () => string,
  args: readonly string[],
): { stdout: string; stderr: string } {
  return spawnSync(nodeFor(context, findNode), args, { cwd: project, encoding: "utf8" });
}

function nodeFor(context: TestContext, findNode: () => string): string {
  try {
    return findNode();
  } catch (error) {
    if (process.env.FIREBREAK_ENGINES === "required") throw error;
    return context.skip((error as Error).message);
  }
}

// The command starts by `#!/usr/bin/env node`.
function withNode(node: string): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, FORCE_COLOR: _color, ...env } = process.env;
  return { ...env, PATH: `${dirname(node)}:${env.PATH}` };
}
