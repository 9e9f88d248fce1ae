/**
 * `npm run pack`: bundles src/ into dist/ (or the folder it is given), with a package.json of its own, and packs
 * that into a tarball there. Node strips no types under node_modules, so what is installed must be JavaScript.
 */
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { join, resolve } from "node:path";
import { bundle } from "./bundle.ts";
import { licensesOf } from "./licenses.ts";

const ROOT = resolve(import.meta.dirname, "..");
const DIST = process.argv[2] === undefined ? join(ROOT, "dist") : freshFolder(process.argv[2]);
// slos/ is what the pages show: it is there to be read.
const COPIED = [
  "templates",
  "ci",
  "docs",
  "schemas",
  "slos",
  "README.md",
  "CHANGELOG.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "LICENSE",
  "llms.txt",
];
// Types that are published name the one, the policy pack reads YAML with the other.
const UNBUNDLED = ["zod", "yaml"];

rmSync(DIST, { recursive: true, force: true });
// `npm run check` has checked them: here that would take as long as all the rest.
run(
  process.execPath,
  ["node_modules/typescript/bin/tsc", "--project", "tsconfig.build.json", "--noCheck", "--outDir", join(DIST, "src")],
  ROOT,
);
const bundled = await bundle(join(DIST, "src"), ["index.ts", "pulumi/index.ts", "cli/main.ts"]);
writeFileSync(join(DIST, "THIRD-PARTY-LICENSES"), licensesOf(bundled));
for (const name of COPIED.filter((name) => existsSync(join(ROOT, name))))
  cpSync(join(ROOT, name), join(DIST, name), { recursive: true });
writeDeployment(join(DIST, "deploy"));
writePolicyPack(join(DIST, "policy"));
const manifest = publishedManifest(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")));
writeFileSync(join(DIST, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const file of Object.values(manifest.bin)) chmodSync(join(DIST, file), 0o755);
run("npm", ["pack", "--silent", "--ignore-scripts"], DIST);
console.log(join(DIST, `${manifest.name}-${manifest.version}.tgz`));

// Only dist/ is emptied without asking.
function freshFolder(folder: string): string {
  if (existsSync(folder)) throw new Error(`${folder} exists already`);
  return resolve(folder);
}

// Results of this script go to stdout; what the tools say goes to stderr.
function run(command: string, args: readonly string[], cwd: string): void {
  execFileSync(command, args, { cwd, stdio: ["ignore", process.stderr, process.stderr] });
}

/** This repository's own deployment, to be copied beside `slos/`. A stack's salt is nobody else's. */
function writeDeployment(folder: string): void {
  mkdirSync(folder);
  for (const name of ["program.ts", "recover.ts", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.cluster.example.yaml"]) {
    const text = readFileSync(join(ROOT, name), "utf8");
    writeFileSync(join(folder, name), text.replace(/^encryptionsalt:.*\n/m, ""));
  }
}

/** As JavaScript, line for line. */
function writePolicyPack(folder: string): void {
  cpSync(join(ROOT, "policy"), folder, { recursive: true, filter: (path) => !path.endsWith(".ts") });
  for (const name of readdirSync(join(ROOT, "policy")).filter((each) => each.endsWith(".ts")))
    writeFileSync(
      join(folder, compiled(name)),
      script(stripTypeScriptTypes(readFileSync(join(ROOT, "policy", name), "utf8"))),
    );
  writeFileSync(join(folder, "index.js"), script(readFileSync(join(ROOT, "policy/index.js"), "utf8")));
}

function script(text: string): string {
  return text.replaceAll(/(from |import )"(\.[^"]*)\.ts"/g, '$1"$2.js"');
}

type Exports = Readonly<Record<string, string>>;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly exports: Exports;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/** The root's manifest without what only the repository needs, and with the paths of compiled files. */
function publishedManifest(root: Manifest): Manifest {
  const kept = Object.entries(root).filter(
    ([key]) => !["private", "scripts", "devDependencies", "allowScripts", "exports"].includes(key),
  );
  const entry = root.exports["."] ?? "";
  return {
    ...(Object.fromEntries(kept) as unknown as Manifest),
    dependencies: Object.fromEntries(Object.entries(root.dependencies).filter(([name]) => UNBUNDLED.includes(name))),
    files: ["src", "deploy", "policy", "THIRD-PARTY-LICENSES", ...COPIED],
    main: compiled(entry),
    types: declared(entry),
    exports: {
      ...mapValues(root.exports, (file) => ({ types: declared(file), default: compiled(file) })),
      "./package.json": "./package.json",
    },
    ...typesForClassicResolution(root.exports),
    bin: mapValues(root.bin, compiled),
  };
}

// `"moduleResolution": "node"`, which Pulumi's own TypeScript uses, does not read `exports`.
function typesForClassicResolution(exports: Exports): { readonly typesVersions?: unknown } {
  const parts = Object.entries(exports).filter(([part]) => part !== ".");
  if (parts.length === 0) return {};
  return {
    typesVersions: {
      "*": Object.fromEntries(parts.map(([part, file]) => [part.replace(/^\.\//, ""), [declared(file)]])),
    },
  };
}

function mapValues<In, Out>(record: Readonly<Record<string, In>>, map: (value: In) => Out): Record<string, Out> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

function compiled(file: string): string {
  return file.replace(/\.ts$/, ".js");
}

function declared(file: string): string {
  return file.replace(/\.ts$/, ".d.ts");
}
