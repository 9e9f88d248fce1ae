/** What `simulate` prints. */
import { z } from "zod";
import { common, perSeverity, severity } from "./common-output.ts";

const simulatedSlo = z.strictObject({
  id: z.string(),
  group: z.string().optional().describe("Where groups have an objective of their own: whose this is."),
  skipped: z.string().optional().describe("Why it cannot be played."),
  traffic: z.strictObject({ perSecond: z.number(), isDeclared: z.boolean() }).optional(),
  outcomes: z.array(
    z.strictObject({
      name: z.string(),
      words: z.string(),
      budgetSpent: z.number(),
      alerts: z.array(
        z.strictObject({
          tier: z.string(),
          alert: z.string(),
          severity,
          firesAfter: z.number().describe("Seconds from the beginning of the incident."),
          resolvesAfter: z.number().describe("Seconds from its end; negative where it had resolved by then."),
          times: z.int(),
          budgetSpent: z.number(),
        }),
      ),
    }),
  ),
  falseAlarms: z
    .array(z.strictObject({ dispersion: z.number(), budgetUsed: z.number(), perMonth: perSeverity }))
    .optional(),
});

export const simulate = z.strictObject({
  ...common,
  slos: z.array(simulatedSlo).optional(),
  budgets: z
    .array(
      z.strictObject({
        id: z.string(),
        skipped: z.string().optional(),
        words: z.string(),
        alerts: z.array(z.strictObject({ alert: z.string(), severity, firesWithin: z.number(), spent: z.number() })),
      }),
    )
    .optional(),
});
