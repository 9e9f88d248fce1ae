import { expect, test } from "vitest";
import { readTemplates } from "../../src/io/read-templates.ts";

test("templates are read by name, without their suffix", () => {
  expect(readTemplates()["runbook.md"]).toContain("{{");
});
