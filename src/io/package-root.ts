/** Where this package is. Its files are found from here, and not from the module that asks: what is published has fewer, elsewhere. */
import { findPackageJSON } from "node:module";
import { pathToFileURL } from "node:url";

/** The folder of its package.json. */
export const PACKAGE_ROOT = new URL(".", pathToFileURL(findPackageJSON(import.meta.url) ?? ""));
