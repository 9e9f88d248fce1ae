/**
 * `npm run lock`: completes package-lock.json after `npm install`. npm leaves optional packages of other platforms out
 * of the lock where the registry at hand does not serve them, and `npm ci` then refuses the lock everywhere else.
 */
import { readFileSync, writeFileSync } from "node:fs";

interface Entry {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "win32", "openharmony", "aix", "sunos", "netbsd", "openbsd"];
const PROCESSORS = ["arm64", "x64", "arm", "ia32", "ppc64", "s390x", "riscv64", "loong64", "wasm32"];

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Entry> };
const added = Object.entries(lock.packages).flatMap(([path, entry]) => missingOf(path, entry));
lock.packages = sorted({ ...lock.packages, ...Object.fromEntries(added) });
writeFileSync("package-lock.json", `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${added.length} optional packages of other platforms added to package-lock.json`);

function missingOf(path: string, { optionalDependencies = {} }: Entry): [string, Entry][] {
  const wanted = Object.entries(optionalDependencies);
  const missing = wanted.filter(
    ([name]) => !lock.packages[`node_modules/${name}`] && !lock.packages[`${path}/node_modules/${name}`],
  );
  return missing.map(([name, range]) => [`node_modules/${name}`, entryOf(name, range)]);
}

function entryOf(name: string, range: string): Entry {
  const words = (name.split("/").at(-1) ?? "").split(/[-.]/);
  const only = (known: readonly string[]): string[] => words.filter((word) => known.includes(word));
  const os = name === "fsevents" ? ["darwin"] : only(SYSTEMS);
  const cpu = only(PROCESSORS);
  return {
    version: range.replace(/^[~^]/, ""),
    ...(cpu.length > 0 && { cpu }),
    dev: true,
    optional: true,
    ...(os.length > 0 && { os }),
  };
}

function sorted(packages: Record<string, Entry>): Record<string, Entry> {
  return Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, "en")));
}
