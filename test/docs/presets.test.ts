/** docs/presets.md says what the presets are: each SLO with its meaning, its objective, its threshold and its labels. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Blueprint } from "../../src/presets/assemble/preset.ts";
import { readOptions } from "../../src/presets/assemble/read-options.ts";
import { presets } from "../../src/presets/index.ts";

const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "presets.md"), "utf8");

describe.each(presets)("$name", (preset) => {
  // Of several variants, the first that has an SLO is the one that is reported.
  const all = preset.examples.flatMap(({ options }) => readOptions(preset, { job: "a", ...options }).blueprints);
  const first = all.filter(({ name }, index) => all.findIndex((each) => each.name === name) === index);

  test("has a row for every SLO, and none more", () => {
    expect(rowsOf(preset.name)).toEqual(first.map(toRow));
  });
});

/** The cells: name, meaning, objective, threshold, labels. */
function rowsOf(preset: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${preset}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) => {
    const [name = "", meaning = "", ...figures] = row.slice(2, -2).split(" | ");
    return [name, meaning.replaceAll("`", ""), ...figures];
  });
}

function toRow({ name, description, objective, alerting, threshold, histogram, groupBy = [] }: Blueprint): string[] {
  const bound = threshold === undefined ? "" : String(threshold);
  return [
    `\`${name}\``,
    firstSentence(description),
    alerting ? `${objective}, tickets` : String(objective),
    histogram === undefined ? bound : `**${bound}**`,
    groupBy.map((label) => `\`${label}\``).join(", "),
  ];
}

function firstSentence(description: string): string {
  return description.split(/\.(?: |$)/, 1)[0] ?? "";
}
