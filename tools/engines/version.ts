/**
 * Versions of engines: read from what a program prints, and compared with the pin.
 */

/**
 * The version in the first line of `--version` output.
 * Only there: a build without a version still names Go's own version further down.
 */
export function readVersion(output: string): string | undefined {
  const [firstLine = ""] = output.trim().split("\n");
  return /\d+\.\d+\.\d+(-[\w.]+)?/.exec(firstLine)?.[0];
}

/** Whether `version` may stand in for `pin`: the same or later, a pre-release coming before its release. */
export function isAtLeast(version: string, pin: string): boolean {
  const [found, wanted] = [parts(version), parts(pin)];
  const differing = found.findIndex((part, index) => part !== wanted[index]);
  return differing === -1 || (found[differing] ?? 0) > (wanted[differing] ?? 0);
}

/** Major, minor, patch, and 1 for a release but 0 for its pre-releases, so that plain order is version order. */
function parts(version: string): readonly number[] {
  const [numbers = "", preRelease] = version.split("-");
  return [...numbers.split(".").map(Number), preRelease === undefined ? 1 : 0];
}
