/** What outputs of several commands share. */
import { z } from "zod";
import { type IssueCode, issueLevels } from "../../issue.ts";

export const names = z.array(z.string());
export const severity = z.enum(["page", "ticket", "info"]);
export const perSeverity = z.strictObject({ page: z.number(), ticket: z.number(), info: z.number() });

export const issue = z.strictObject({
  code: z.enum(Object.keys(issueLevels) as [IssueCode, ...IssueCode[]]).describe("Stable; the words are not."),
  level: z.enum(["error", "warning", "note"]),
  path: z.array(z.union([z.string(), z.number()])).describe("Keys from the declaration's root to the place."),
  message: z.string(),
  hint: z.string(),
  source: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }).optional().describe("1-based."),
});
export const issues = z.array(issue);

/** What each of them says. */
export const common = { ok: z.boolean().describe("False exactly where the exit code is not 0."), issues };

export const meanings = {
  slos: z.array(
    z.strictObject({
      id: z.string(),
      objectivePercent: z.number(),
      windows: names,
      windowSeconds: z.number(),
      budgetMinutes: z.number(),
      pagesWithinSeconds: z.number().nullable(),
    }),
  ),
  budgets: z.array(
    z.strictObject({
      id: z.string(),
      unit: z.string(),
      limit: z.number().nullable(),
      period: z.string(),
      by: names,
      thresholds: z.array(z.number()),
    }),
  ),
  experiments: z.array(
    z.strictObject({ id: z.string(), label: z.string(), baseline: z.string(), windowSeconds: z.number() }),
  ),
};
