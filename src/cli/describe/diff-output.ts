/** What `diff` prints, between two plans or against a ruler. */
import { z } from "zod";
import { breakKinds } from "../../diff/breaks/breaks.ts";
import { subjectTypes } from "../../diff/subject.ts";
import { common, issues, names } from "./common-output.ts";

const side = z.strictObject({ value: z.unknown(), words: z.string() }).optional();

const factChange = z.strictObject({
  field: z.string().describe("With its unit: objectivePercent."),
  label: z.string(),
  isMain: z.boolean(),
  before: side,
  after: side,
});
const changeKind = z.enum(["added", "removed", "changed"]);

const ruler = z.strictObject({
  groups: z.array(
    z.strictObject({
      kind: changeKind,
      name: z.string(),
      facts: z.array(factChange),
      rules: z.array(
        z.strictObject({
          kind: changeKind,
          name: z.string(),
          labels: z.record(z.string(), z.string()),
          facts: z.array(factChange),
        }),
      ),
    }),
  ),
  unchanged: z.int().describe("Groups that are loaded as they are declared."),
  foreign: z.int().describe("Groups that firebreak did not make; they are left alone."),
  elsewhere: names.describe("Services whose rules are loaded and that are not declared here."),
});

export const diff = z.strictObject({
  ...common,
  baseIssues: issues.optional().describe("Where the base does not compile; then nothing was compared."),
  base: z.string().optional(),
  ruler: ruler.optional().describe("With --against: what loading the rules would change."),
  summary: z.string().optional(),
  failed: z.array(z.enum(breakKinds)).optional().describe("Kinds of --fail-on that were found."),
  breaks: z
    .array(
      z.strictObject({
        kind: z.enum(breakKinds),
        type: z.enum(subjectTypes),
        id: z.string(),
        message: z.string(),
        remedy: z.string().optional(),
        accepted: z.string().optional().describe("Why it was agreed on, as declared; --fail-on passes."),
        youngSeconds: z.number().optional(),
      }),
    )
    .optional(),
  changes: z
    .array(
      z.strictObject({
        type: z.enum(subjectTypes),
        kind: z.enum(["added", "removed", "renamed", "changed"]),
        id: z.string(),
        formerId: z.string().optional(),
        facts: z.array(factChange),
        rules: z.strictObject({ before: z.int(), after: z.int(), differing: z.int() }),
      }),
    )
    .optional(),
});
