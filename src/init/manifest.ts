/** package.json: the scripts and packages that are needed. Whatever it says already stays. */

/** Versions of what a project needs beside firebreak. */
export interface Needed {
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Whether nothing but the declarations will be in this project. */
  readonly isFirst: boolean;
}

/** A new one. */
export function newManifest(name: string, needed: Needed): string {
  return `${JSON.stringify(completed({ name, ...PROJECT }, needed), null, 2)}\n`;
}

/** The same with what is missing, in its own style; undefined where it is no JSON object. */
export function extendManifest(text: string, needed: Needed): string | undefined {
  const manifest = objectOf(text);
  if (manifest === undefined) return undefined;
  const whole = completed(needed.isFirst && isBlank(manifest) ? { ...PROJECT, ...manifest } : manifest, needed);
  if (JSON.stringify(whole) === JSON.stringify(manifest)) return text;
  const printed = JSON.stringify(whole, null, /\n([ \t]+)"/.exec(text)?.[1] ?? 2);
  const ended = /\n$/.test(text) ? `${printed}\n` : printed;
  return text.includes("\r\n") ? ended.replaceAll("\n", "\r\n") : ended;
}

/** Pulumi runs declarations as they stand only where they are modules. */
const PROJECT = { private: true, type: "module" };

/** As `npm install` leaves it in an empty folder: nobody has decided anything. */
function isBlank(manifest: Manifest): boolean {
  return Object.keys(manifest).every((key) => key === "dependencies" || key === "devDependencies");
}

// firebreak last: it gets what stands after `npm run slos:check --`.
const SCRIPTS = { "slos:check": "tsc --noEmit && firebreak check", "slos:build": "firebreak build" };

type Manifest = Readonly<Record<string, unknown>>;

function completed(manifest: Manifest, { devDependencies }: Needed): Manifest {
  const has = (name: string): boolean =>
    [manifest.dependencies, manifest.devDependencies].some((all) => name in objectFrom(all));
  const missing = Object.entries(devDependencies).filter(([name]) => !has(name));
  return {
    ...manifest,
    scripts: { ...SCRIPTS, ...objectFrom(manifest.scripts) },
    ...(missing.length > 0 && {
      devDependencies: { ...objectFrom(manifest.devDependencies), ...Object.fromEntries(missing) },
    }),
  };
}

function objectOf(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function objectFrom(value: unknown): Manifest {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Manifest {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
