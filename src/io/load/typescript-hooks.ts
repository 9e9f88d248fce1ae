/**
 * How declarations are resolved and loaded in a user's project: the way TypeScript reads their imports,
 * so that the same files load here and under Pulumi's TypeScript.
 */
import nodeModule, { type LoadHookSync, type ModuleHooks, type ResolveHookSync } from "node:module";

/** The import that a failure came from. */
export interface FailedImport {
  readonly specifier: string;
  /** URL of the module that asked for it. */
  readonly importer: string | undefined;
}

const failedImports = new WeakMap<object, FailedImport>();

const loaded: string[] = [];

/** Starts to load TypeScript that way; `deregister()` ends it. */
export function registerTypeScriptHooks(): ModuleHooks {
  return nodeModule.registerHooks({ resolve, load });
}

/** Which import failed with this error. */
export function failedImport(error: unknown): FailedImport | undefined {
  return typeof error === "object" && error !== null ? failedImports.get(error) : undefined;
}

/** URLs of the TypeScript modules loaded so far, the last one first. */
export function loadedModules(): readonly string[] {
  return loaded.toReversed();
}

const resolve: ResolveHookSync = (specifier, context, next) => {
  // Read now: Node merges what `next` is given into the context of everyone.
  const importer = context.parentURL;
  try {
    return next(specifier, isOwn(specifier) ? { ...context, parentURL: import.meta.url } : context);
  } catch (error) {
    return resolveLikeTypeScript(specifier, context, next) ?? refuse(error, specifier, importer);
  }
};

// One firebreak, the running one: it knows the call sites its own constructors noted, and `npx` needs no install.
function isOwn(specifier: string): boolean {
  return /^firebreak(\/|$)/.test(specifier);
}

// What Node finds stands; only what it does not find is looked for as TypeScript would.
function resolveLikeTypeScript(
  specifier: string,
  ...[context, next]: HookRest
): ReturnType<ResolveHookSync> | undefined {
  for (const candidate of candidates(specifier)) {
    try {
      return next(candidate, context);
    } catch {
      // The next candidate may be there; the first error is the one to report.
    }
  }
  return undefined;
}

type HookRest = [context: Parameters<ResolveHookSync>[1], next: Parameters<ResolveHookSync>[2]];

function candidates(specifier: string): string[] {
  if (!/^(\.{0,2}\/|file:)/.test(specifier)) return [];
  const written = specifier.replace(/\.([cm]?)js$/, ".$1ts");
  return [
    ...(written === specifier ? [] : [written]),
    ...[".ts", ".js", "/index.ts", "/index.js"].map((end) => specifier + end),
  ];
}

function refuse(error: unknown, specifier: string, importer: string | undefined): never {
  if (error instanceof Error) failedImports.set(error, { specifier, importer });
  throw error;
}

// Whatever "type" the nearest package.json has: declarations are ES modules.
const load: LoadHookSync = (url, context, next) => {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return next(url, context);
  loaded.push(url);
  return next(url, { ...context, format: "module-typescript" });
};
