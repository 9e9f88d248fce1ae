/** Files that wait to be written: as they are while they are few, and else held small, as most of their words are the same. */
import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { NewFile } from "./stage-files.ts";

/**
 * Gives what takes the files that wait.
 *
 * @param room - How many bytes may wait as they are: packing a file and unpacking it takes a tenth of the time of making it.
 */
export function waitingRoom(room = 32e6): (path: string, text: string) => NewFile {
  let taken = 0;
  return (path, text) => {
    const bytes = Buffer.from(text);
    taken += bytes.length;
    return taken <= room ? { path, bytes } : packed(path, bytes);
  };
}

/** Unpacked each time that it is read. */
function packed(path: string, text: Buffer): NewFile {
  const small = deflateRawSync(text, { level: 3 });
  return {
    path,
    get bytes() {
      return inflateRawSync(small);
    },
  };
}
