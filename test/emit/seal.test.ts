/** Heads: which files are ours, and whether they still are what was made. */
import { describe, expect, test } from "vitest";
import { platform, services } from "../../slos/index.ts";
import { build } from "../../src/build.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { readSeal } from "../../src/emit/seal.ts";
import { readTemplates } from "../../src/io/read-templates.ts";

const made = "Made by firebreak from the declarations. Edit those, not this.";
const artifacts: readonly (readonly [format: string, artifact: Artifact])[] = [
  ["YAML", { path: "x.yaml", format: "yaml", header: `${made}\nMore.`, value: { a: 1 } }],
  ["JSON", { path: "x.json", format: "json", header: made, value: { id: null, uid: "a" } }],
  ["Markdown", { path: "x.md", format: "text", value: `<!-- ${made} -->\n\n# Title\n` }],
  ["templates", { path: "x.tmpl", format: "text", value: `{{/* ${made} */}}\n{{ define "a" }}{{ end }}\n` }],
];

describe.each(artifacts)("%s", (_format, artifact) => {
  const text = render(artifact);

  test("has a head with a sum of the rest, in a comment or a property", () => {
    expect(text).toMatch(/Edit those, not this\. Sum: [0-9a-f]{16}\b/);
    expect(readSeal(text)).toBe("intact");
  });

  test("tells every edit, before and behind its sum, and no change of line ends", () => {
    for (let at = 0; at < text.length; at += 1) {
      const edited = `${text.slice(0, at)}~${text.slice(at)}`;
      expect(readSeal(edited), edited).not.toBe("intact");
    }
    expect(readSeal(`${text}more\n`)).toBe("edited");
    expect(readSeal(text.replaceAll("\n", "\r\n"))).toBe("intact");
  });
});

test.each(["", "groups: []\n", "# Made by hand.\n", `# ${made}\ngroups: []\n`])("%j is not ours", (text) => {
  expect(readSeal(text)).toBe(undefined);
});

test("every file of a build is sealed, also for a cluster, and so are the files within its objects", () => {
  const kubernetes = { kind: "configMaps", namespace: "monitoring" } as const;
  const built = build({ services, platform: { ...platform, kubernetes }, templates: readTemplates() });
  expect(built.artifacts.length).toBeGreaterThan(50);
  expect(built.artifacts.filter((artifact) => readSeal(render(artifact)) !== "intact")).toEqual([]);
  const objects = built.artifacts.filter(({ path }) => path.startsWith("kubernetes/"));
  const inside = objects.flatMap(({ value }) =>
    Object.entries((value as { data?: Record<string, string> }).data ?? {}),
  );
  expect(inside.length).toBeGreaterThan(30);
  // A dashboard is on one line there: as a file it was another one.
  const files = inside.filter(([name]) => !name.endsWith(".json"));
  expect(files.filter(([, text]) => readSeal(text) !== "intact").map(([name]) => name)).toEqual([]);
});
