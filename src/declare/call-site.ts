/**
 * Where a declaration was written. `defineService` and the constructors note the line that called them,
 * so that an issue can name it; a plain object without them has the place of what it stands in.
 */
import type { IssuePath, Source } from "../issue.ts";

/** Remembers the caller of `above` as the place where this value was written, and gives the value back. */
export function noteCallSite<T>(value: T, above: (...args: never[]) => unknown): T {
  const frame = isObject(value) && !frames.has(value) ? callerOf(above) : undefined;
  if (isObject(value) && frame !== undefined) frames.set(value, frame);
  return value;
}

/** Where this value was written, if it was made by a constructor. The file is relative to the working directory when inside. */
export function sourceOf(value: unknown): Source | undefined {
  const frame = isObject(value) ? frames.get(value) : undefined;
  return frame === undefined ? undefined : readFrame(frame);
}

/** The place of the innermost value on the path that has one. */
export function sourceAt(root: unknown, path: IssuePath): Source | undefined {
  let place = root;
  let found = placeOf(root);
  for (const key of path) {
    if (!isObject(place) || !Object.hasOwn(place, key)) break;
    place = (place as Record<string | number, unknown>)[key];
    found = placeOf(place) ?? found;
  }
  return found;
}

/** A copy was written where its original was. */
export function copyCallSite(original: object, copy: object): void {
  const frame = frames.get(original);
  if (frame !== undefined) frames.set(copy, frame);
}

/** Stack lines, read only when an issue needs them. */
const frames = new WeakMap<object, string>();

/** An SLO written inside its service has no place of its own; its SLI stands near enough. */
function placeOf(value: unknown): Source | undefined {
  return sourceOf(value) ?? (isObject(value) && "sli" in value ? sourceOf(value.sli) : undefined);
}

/** Anything that a WeakMap can remember. */
export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

// One frame is enough, and ten would make a large set of declarations slow to load.
function callerOf(above: (...args: never[]) => unknown): string | undefined {
  const limit = Error.stackTraceLimit;
  const trace: { stack?: unknown } = {};
  Error.stackTraceLimit = 1;
  Error.captureStackTrace(trace, above);
  // The stack is made when it is first read, while the limit still holds.
  const stack = trace.stack;
  Error.stackTraceLimit = limit;
  return typeof stack === "string" ? stack.split("\n").at(-1) : undefined;
}

const FRAME = /\(?((?:file:\/\/|\/|[A-Za-z]:\\)[^()]*):(\d+):(\d+)\)?$/;

function readFrame(frame: string): Source | undefined {
  const [, place = "", line, column] = FRAME.exec(frame) ?? [];
  return line === undefined
    ? undefined
    : { file: relativeToHere(toPath(place)), line: Number(line), column: Number(column) };
}

function toPath(place: string): string {
  return place.startsWith("file://") ? decodeURIComponent(new URL(place).pathname) : place;
}

function relativeToHere(path: string): string {
  const here = `${process.cwd()}/`;
  return path.startsWith(here) ? path.slice(here.length) : path;
}
