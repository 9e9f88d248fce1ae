/**
 * Whatever a module exports, as plain data: lists, objects and simple values, and nothing that could throw when it is read.
 * What is no plain value becomes a symbol that says so; no schema accepts one, so it is reported at its place.
 */
import { copyCallSite } from "../../declare/call-site.ts";
import { copyMistakes } from "./mistakes.ts";
import { copyOrigin } from "./preset-origin.ts";

/** Copies a value of any kind. The copy remembers where its parts were written. */
export function toPlainData(value: unknown): unknown {
  return copyOf(value, { depth: 0, copies: new Map() });
}

/** Whether it is an object with named fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

interface Walk {
  readonly depth: number;
  /** Copies made so far; a value that is still being copied contains itself. */
  readonly copies: Map<object, unknown>;
}

const DEEPEST = 24;
const LONGEST = 100_000;
const CYCLE = Symbol("a value that contains itself");
const UNREADABLE = Symbol("a value that cannot be read");
const TOO_DEEP = Symbol("a value nested too deeply");
const TOO_LONG = Symbol("a list that is too long");

function copyOf(value: unknown, walk: Walk): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (walk.copies.has(value)) return walk.copies.get(value);
  if (walk.depth > DEEPEST) return TOO_DEEP;
  walk.copies.set(value, CYCLE);
  const copy = tryToCopy(value, { ...walk, depth: walk.depth + 1 });
  walk.copies.set(value, copy);
  return copy;
}

function tryToCopy(value: object, walk: Walk): unknown {
  try {
    const copy = Array.isArray(value) ? copyList(value, walk) : copyRecord(value, walk);
    if (typeof copy === "object") {
      copyCallSite(value, copy);
      copyMistakes(value, copy);
      copyOrigin(value, copy);
    }
    return copy;
  } catch {
    return UNREADABLE;
  }
}

function copyList(list: readonly unknown[], walk: Walk): unknown[] | symbol {
  return list.length > LONGEST
    ? TOO_LONG
    : Array.from({ length: list.length }, (_, index) => copyField(list, index, walk));
}

/** A key without a value is not a key. Objects of a class, such as a Date or a Pulumi Output, are not data. */
function copyRecord(record: object, walk: Walk): object | symbol {
  if (!isPlain(record)) return Symbol(`a ${className(record)}`);
  const fields = Object.keys(record).map((key) =>
    // Set on a copy it would be the copy's prototype and no field: it is refused, not forgotten.
    key === "__proto__" ? (["(__proto__)", UNREADABLE] as const) : ([key, copyField(record, key, walk)] as const),
  );
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function copyField(owner: object, key: string | number, walk: Walk): unknown {
  try {
    return copyOf((owner as Record<string | number, unknown>)[key], walk);
  } catch {
    return UNREADABLE;
  }
}

// Another realm has an Object.prototype of its own; what they have in common is that theirs is null.
function isPlain(record: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(record);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(record: object): string {
  const name: unknown = record.constructor?.name;
  return typeof name === "string" && name !== "" ? name : "value of a class";
}
