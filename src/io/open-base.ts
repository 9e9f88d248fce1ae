/**
 * What declarations are compared with: a commit of git, a folder, a module, or JSON that was saved. A commit is written to a temporary folder:
 * nothing of the user's own is touched.
 */
import { existsSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { type Issue, issue } from "../issue.ts";
import { commitOf, GitFailure, repositoryRoot, writeTree } from "./git.ts";
import type { DeclarationFiles } from "./load/load-declarations.ts";

export interface Base {
  /** Where its declarations are to be loaded: they may look for files. */
  readonly directory: string;
  /** Relative to that. */
  readonly files: DeclarationFiles;
  /** A module that it has not got: then everything is new. */
  readonly missing: string | undefined;
  /** Removes what was made for it. */
  readonly close: () => void;
}

/** The base, or the issue that there is none. The files are those of the declarations to compare. */
export function openBase(base: string, files: DeclarationFiles): Base | Issue {
  try {
    const commit = isPath(base) ? undefined : commitOf(base);
    if (commit !== undefined) return openCommit(commit, files);
    return existsSync(base) ? openPath(resolve(base), files) : noBase(`git has no commit ${base} here`, FETCH);
  } catch (error) {
    if (error instanceof GitFailure) return noBase(error.message, OTHERWISE);
    throw error;
  }
}

/** A word may be both: then it is the commit. */
function isPath(base: string): boolean {
  return /^\.{0,2}[\\/]|^\.{1,2}$|\.([cm]?[jt]s|json)$/.test(base) || isAbsolute(base);
}

function openPath(path: string, files: DeclarationFiles): Base {
  if (statSync(path).isDirectory()) return baseIn(path, inside(process.cwd(), files), () => {});
  // What was saved has its platform with it.
  const platform = path.endsWith(".json") ? undefined : files.platform;
  return baseIn(process.cwd(), { slos: path, platform }, () => {});
}

function openCommit(commit: string, files: DeclarationFiles): Base | Issue {
  const root = repositoryRoot() ?? process.cwd();
  const here = relative(root, realpathSync(process.cwd()));
  const wanted = inside(process.cwd(), files);
  const outside = Object.values(wanted).find((path) => path !== undefined && join(here, path).startsWith(".."));
  if (outside !== undefined) return noBase(`${outside} is outside the repository ${root}`, OTHERWISE);
  const { folder, close } = temporaryFolder();
  const tree = join(folder, "tree");
  try {
    writeTree(commit, root, { index: join(folder, "index"), tree });
    linkModules(root, tree, here);
    return baseIn(join(tree, here), wanted, close);
  } catch (error) {
    close();
    throw error;
  }
}

function baseIn(directory: string, files: DeclarationFiles, close: () => void): Base {
  const missing = [files.slos, files.platform].find(
    (file) => file !== undefined && !existsSync(resolve(directory, file)),
  );
  return { directory: existsSync(directory) ? directory : process.cwd(), files, missing, close };
}

/** The same files, seen from a folder. */
function inside(folder: string, { slos, platform }: DeclarationFiles): DeclarationFiles {
  const seen = (file: string): string => relative(folder, resolve(file));
  return { slos: seen(slos), platform: platform === undefined ? undefined : seen(platform) };
}

/** Gone when it is closed, also where declarations end the process. */
function temporaryFolder(): { readonly folder: string; readonly close: () => void } {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "firebreak-base-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  process.once("exit", remove);
  const close = () => {
    process.off("exit", remove);
    remove();
  };
  return { folder, close };
}

/** Packages are those that are installed: a commit has none, or a link that may lead nowhere from here. */
function linkModules(root: string, tree: string, here: string): void {
  for (let folder = here; ; folder = dirname(folder)) {
    const [installed, link] = [join(root, folder, "node_modules"), join(tree, folder, "node_modules")];
    if (existsSync(installed) && existsSync(dirname(link)) && !existsSync(link)) {
      rmSync(link, { force: true });
      symlinkSync(installed, link, "junction");
    }
    if (folder === "" || folder === ".") return;
  }
}

function noBase(message: string, hint: string): Issue {
  return issue("no-base", ["base"], `${message}.`, hint);
}

const OTHERWISE =
  "Name a folder, such as ./before, a module that exports `services`, or what `firebreak explain --json` printed.";
const FETCH =
  "Fetch it, such as `git fetch --depth=1 origin main` and then origin/main; `main...` needs the history in between too. " +
  "Or name a folder, such as ./before, or a module that exports `services`.";
