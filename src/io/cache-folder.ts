/** Where things are kept that can be made again. */
import { homedir } from "node:os";
import { join } from "node:path";

/** The variables that decide where that is. */
export type CacheEnvironment = Readonly<Record<string, string | undefined>>;

/** Empty counts as unset, as the XDG specification has it. */
export function cacheFolder({ FIREBREAK_CACHE, XDG_CACHE_HOME, HOME }: CacheEnvironment = process.env): string {
  if (FIREBREAK_CACHE) return FIREBREAK_CACHE;
  return join(XDG_CACHE_HOME || join(HOME || homedir(), ".cache"), "firebreak");
}
