/**
 * Engines from the projects' official release tarballs. Never unverified: without a pinned checksum nothing is
 * downloaded, and bytes that do not match it are not unpacked.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { renameSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { EnginePin, Release } from "./pins.ts";

/**
 * Downloads a release and puts its program of the target's name at the file `target`.
 *
 * @throws {Error} when the download fails or its checksum differs.
 */
export async function downloadRelease(release: Release, target: string): Promise<void> {
  const tarball = await download(release.url);
  verifyChecksum(tarball, release);
  unpack(tarball, `${basename(release.url, ".tar.gz")}/${basename(target)}`, target);
}

/** The release that is pinned for this platform, or undefined where none is. */
export function releaseOf({ releases }: EnginePin): Release | undefined {
  return releases?.[`${process.platform}-${process.arch}`];
}

async function download(url: string): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(600_000) }).catch(unreachable(url));
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return Buffer.from(await response.arrayBuffer());
}

// The error of `fetch` names neither the address nor, but in its cause, what went wrong.
function unreachable(url: string): (error: Error) => never {
  return (error) => {
    throw new Error(`${url} could not be reached: ${error.cause ?? error.message}`, { cause: error });
  };
}

/** @throws {Error} when the bytes are not those that were pinned. */
export function verifyChecksum(tarball: Buffer, release: Release): void {
  const sha256 = createHash("sha256").update(tarball).digest("hex");
  if (sha256 !== release.sha256)
    throw new Error(`${release.url} has sha256 ${sha256}, not ${release.sha256} as pinned`);
}

/**
 * Takes the one file `member` out of the tarball.
 *
 * @throws {Error} when the tarball lacks it.
 */
export function unpack(tarball: Buffer, member: string, target: string): void {
  const folder = dirname(target);
  const { status, stderr } = spawnSync("tar", ["-xzf", "-", "-C", folder, member], {
    input: tarball,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`tar could not unpack ${member}: ${stderr}`);
  renameSync(join(folder, member), target);
}
