/** What the licenses of bundled packages ask for: their texts, beside the code. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * One text for all of these packages, given by their folders.
 *
 * @throws {Error} where a package has no license file.
 */
export function licensesOf(packages: readonly string[]): string {
  return `The code of these packages is part of firebreak.\n${packages.map(licenseOf).join("")}`;
}

function licenseOf(folder: string): string {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice)/i.test(file));
  if (files.length === 0) throw new Error(`${name} has no license file`);
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return `\n--- ${name} ${version} ---\n\n${texts.join("\n\n")}\n`;
}
