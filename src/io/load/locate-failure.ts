/** Where a module failed to load. Node says it in the text of a stack, and not always: then it is looked for. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Source } from "../../issue.ts";
import { PACKAGE_ROOT } from "../package-root.ts";
import { type FailedImport, failedImport, loadedModules } from "./typescript-hooks.ts";

/** The place in the user's own code that whatever `import()` threw came from, where it can be found. */
export function locateFailure(error: unknown): Source | undefined {
  const wanted = failedImport(error);
  if (wanted) return locateImport(wanted);
  if (!(error instanceof Error) || typeof error.stack !== "string") return undefined;
  return (
    locateExcerpt(error.stack) ??
    (error instanceof SyntaxError ? locateByChecking() : undefined) ??
    locateFrame(error.stack)
  );
}

/** Which of these frames is the innermost in the user's own code; their files are URLs. */
export function placeOf(frames: readonly Source[]): Source | undefined {
  const frame = frames.find(({ file }) => file.startsWith("file:") && isUserCode(file));
  return frame && { ...frame, file: displayPath(asPath(frame.file)) };
}

/** Where in the user's own code this process is just now. */
export function presentPlace(): Source | undefined {
  const { stack } = new Error();
  return typeof stack === "string" ? locateFrame(stack) : undefined;
}

/** A path as people write it: relative to the working directory where it lies below. */
export function displayPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path : below.replaceAll("\\", "/");
}

// Node names the importing file but not the line.
function locateImport({ specifier, importer }: FailedImport): Source | undefined {
  if (!importer?.startsWith("file:")) return undefined;
  const path = fileURLToPath(importer);
  const text = readFileSync(path, "utf8");
  const at = Math.max(0, ...[`"${specifier}"`, `'${specifier}'`].map((quoted) => text.indexOf(quoted)));
  const before = text.slice(0, at).split("\n");
  return { file: displayPath(path), line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

// What the parser refuses stands before the message: `file:line`, the code, and carets below the place.
function locateExcerpt(text: string): Source | undefined {
  const place = /^(file:\/\/[^\n]+|\/[^\n]+|[A-Za-z]:[^\n]+|\[stdin\]):(\d+)\n/.exec(text);
  if (!place?.[1]) return undefined;
  const carets = /^( *)\^+$/m.exec(text);
  return { file: displayPath(asPath(place[1])), line: Number(place[2]), column: (carets?.[1]?.length ?? 0) + 1 };
}

// Of a name declared twice, V8 gives a loader no place at all; `node --check` does.
function locateByChecking(): Source | undefined {
  for (const url of loadedModules().filter(isUserCode).slice(0, MOST_CHECKED)) {
    const path = fileURLToPath(url);
    const { stderr } = spawnSync(process.execPath, ["--input-type=module-typescript", "--check"], {
      input: readFileSync(path),
      encoding: "utf8",
    });
    const found = locateExcerpt(stderr);
    if (found) return { ...found, file: displayPath(path) };
  }
  return undefined;
}

const MOST_CHECKED = 20;

/** The innermost frame in the user's own code. */
function locateFrame(stack: string): Source | undefined {
  const frames = [...stack.matchAll(/\(?(file:\/\/[^\s()]+):(\d+):(\d+)\)?$/gm)];
  return placeOf(frames.map(([, file = "", line, column]) => ({ file, line: Number(line), column: Number(column) })));
}

function isUserCode(url: string): boolean {
  return !url.includes("/node_modules/") && !url.startsWith(OWN_CODE);
}

const OWN_CODE = new URL("src/", PACKAGE_ROOT).href;

function asPath(place: string): string {
  return place.startsWith("file:") ? fileURLToPath(place) : place;
}
