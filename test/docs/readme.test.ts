/** What the README shows is what the product does. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { parse } from "yaml";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const rules = readFileSync(join(root, "generated/prometheus/inference-gateway.rules.yaml"), "utf8");

interface Rule {
  readonly alert?: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
}

test("the rule that it shows is the generated one", () => {
  const [shown] = parse(block("yaml")) as Rule[];
  const all = (parse(rules) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules);
  const made = all.find(({ alert, labels }) => alert === shown?.alert && labels.slo === shown?.labels.slo);
  expect(shown?.expr).toBe(made?.expr);
  expect(shown?.labels).toEqual(made?.labels);
});

test("what it shows of explain is what explain prints", async () => {
  const { stdout } = await run(process.execPath, ["src/cli/main.ts", "explain", "inference-gateway/error-rate"], {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1" },
  });
  const shown = readme.split("```").find((text) => text.startsWith("\nTiers\n"));
  expect(shown).toBeDefined();
  expect(stdout).toContain(shown?.trim());
});

test("it has at most 150 lines", () => {
  expect(readme.split("\n").length).toBeLessThanOrEqual(150);
});

function block(language: string): string {
  return new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme)?.[1] ?? "";
}
