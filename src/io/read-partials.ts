/**
 * Reads the partials of runbooks: Markdown in the folder `runbooks` beside the files that declare the services.
 * `runbooks/shop.md` is of a service, `runbooks/shop/search.md` of an SLO, `runbooks/_kinds/latency.md` of a kind.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { sourceOf } from "../declare/call-site.ts";
import { PARTIALS } from "../emit/runbooks/partials.ts";
import type { Templates } from "../emit/target.ts";

const SUFFIX = ".md";

/** All partials, by their names among the templates. Services that are plain objects were written nowhere, and have none. */
export function readPartials(services: unknown): Templates {
  const files = filesOfServices(services);
  const folders = [...new Set(files.map((file) => join(dirname(resolve(file)), "runbooks")))].sort();
  return Object.fromEntries(folders.flatMap(partialsIn));
}

/** Services that refuse to be read are found out where they are parsed. */
function filesOfServices(services: unknown): string[] {
  try {
    return (Array.isArray(services) ? services : []).flatMap((service) => sourceOf(service)?.file ?? []);
  } catch {
    return [];
  }
}

function partialsIn(folder: string): [name: string, text: string][] {
  const paths = filesIn(folder).filter((path) => path.endsWith(SUFFIX));
  return paths.sort().map((path) => [nameOf(relative(folder, path)), readFileSync(path, "utf8")]);
}

function filesIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === "ENOENT" || (failure as NodeJS.ErrnoException).code === "ENOTDIR")
      return [];
    throw failure;
  }
}

function nameOf(path: string): string {
  return PARTIALS + path.slice(0, -SUFFIX.length).split(sep).join("/");
}
