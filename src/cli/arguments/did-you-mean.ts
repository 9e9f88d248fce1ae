/** Suggestions for misspelt words of the command line. */
import { nearest } from "../../parse/read/nearest.ts";

/** ` Did you mean --out?`, or nothing where no name is near. */
export function didYouMean(written: string, names: readonly string[], prefix = ""): string {
  const name = nearest(written, names);
  return name === undefined ? "" : ` Did you mean ${prefix}${name}?`;
}
