/** Files that wait to be written, held small: rules are mostly words that they have in common. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { NewFile } from "./stage-files.ts";

/** A file whose text is unpacked each time that it is read. */
export function packed(path: string, text: string): NewFile {
  const bytes = deflateRawSync(text, { level: 3 });
  return {
    path,
    get text() {
      return inflateRawSync(bytes).toString();
    },
  };
}
