/**
 * The list of files that firebreak wrote beside them, `.firebreak`, before each file said so itself. It is read once
 * more, so that nothing of that time is left behind or taken for somebody else's.
 */
import { hash } from "node:crypto";
import { withoutCarriageReturns } from "../../emit/seal.ts";
import { lookAt } from "./look-at.ts";

export const LIST = ".firebreak";

/** Path to the SHA-256 of what was written there; undefined where there is no such list. */
export type OldList = ReadonlyMap<string, string> | undefined;

export function readOldList(directory: string): OldList {
  const found = lookAt(directory, LIST);
  const text = found.kind === "file" ? found.content.toString("utf8") : "";
  return /^# Made by firebreak\b/m.test(text) ? parse(text) : undefined;
}

/** Whether a file still is what the list says of it. */
export function isAsListed(sum: string, text: string): boolean {
  return [text, withoutCarriageReturns(text)].some((each) => hash("sha256", each) === sum);
}

/** Whether the path stays in the directory: relative, with `/` between its parts, none of them `..`. */
export function isInside(path: string): boolean {
  return (
    path !== LIST &&
    !path.includes("\\") &&
    path.split("/").every((part) => part !== "" && part !== "." && part !== "..")
  );
}

// A list may have been merged by hand: what is not a line of ours, or points elsewhere, is ignored.
function parse(text: string): ReadonlyMap<string, string> {
  const lines = text.split("\n").map((line) => /^([0-9a-f]{64}) {2}(.+)$/.exec(line.trimEnd()));
  return new Map(
    lines.flatMap((match) => (match?.[1] && match[2] && isInside(match[2]) ? [[match[2], match[1]]] : [])),
  );
}
