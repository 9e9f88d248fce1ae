/** A directory of output for each test, and builds into it. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeEach, onTestFinished } from "vitest";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { applyWrite, planWrite, type WritePlan } from "../../src/io/write/write-artifacts.ts";

export const HEAD = "<!-- Made by firebreak. -->";
export const FOLDERS: readonly string[] = ["a", "b", "d", "prometheus", "runbooks"];

/** A folder of the test's own, and the output directory in it, which is not there yet. */
export let root: string;
export let out: string;

/** To be called once by every file of tests. */
export function useOutput(): void {
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "firebreak-io-"));
    out = join(root, "generated");
    onTestFinished(() => rmSync(root, { recursive: true }));
  });
}

/** @param makes - What a partial build makes at all. */
export function build(files: Readonly<Record<string, string>>, makes?: (path: string) => boolean): WritePlan {
  const planned = plan(files, makes);
  if (planned.issues.every((fact) => fact.level === "warning")) applyWrite(planned);
  return planned;
}

export function plan(
  files: Readonly<Record<string, string>>,
  makes: (path: string) => boolean = () => true,
  directory = out,
): WritePlan {
  return planWrite({
    directory,
    folders: FOLDERS,
    artifacts: Object.entries(files).map(([path, value]) => text(path, value)),
    makes,
  });
}

function text(path: string, value: string): Artifact {
  return { path, format: "text", value: `${HEAD}\n${value}` };
}

/** What a file with this text holds. */
export function made(value: string): string {
  return render(text("", value));
}

export function put(path: string, content: string): void {
  mkdirSync(dirname(join(out, path)), { recursive: true });
  writeFileSync(join(out, path), content);
}

export function read(path: string): string {
  return readFileSync(join(out, path), "utf8");
}

export function tree(): string[] {
  const entries = readdirSync(out, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(out.length + 1))
    .sort();
}

export function paths(files: readonly { readonly path: string }[]): string[] {
  return files.map((file) => file.path);
}

export function codes({ issues }: WritePlan): string[] {
  return issues.map((fact) => fact.code);
}
