/** What `explain` prints: figures with their units in their names, and the sections that people read. */
import { z } from "zod";
import { common, names, severity } from "./common-output.ts";

/** Infinite ones are null: they never come. */
const seconds = z.number().nullable();
const amount = z.number();
const cost = { rules: z.int(), recordedSamplesPerHour: z.number(), rawSamplesPerHour: z.number() };

const tierFigures = z.strictObject({
  tier: z.string(),
  severity,
  burnRate: z.number(),
  longWindowSeconds: seconds,
  shortWindowSeconds: seconds,
  errorRatio: z.number(),
  budgetSpentRatio: z.number(),
  budgetLastsSeconds: seconds,
  pipelineSeconds: seconds,
  incidents: z.array(z.strictObject({ errorRatio: z.number(), detectSeconds: seconds, resetSeconds: seconds })),
});

const sloFigures = z.strictObject({
  ...cost,
  objectivePercent: z.number(),
  errorBudgetRatio: z.number(),
  windowSeconds: seconds,
  errorBudgetSeconds: seconds,
  scrapeSeconds: seconds,
  settleSeconds: seconds,
  evaluationSeconds: seconds,
  pagesWithinSeconds: seconds.optional(),
  tiers: z.array(tierFigures),
});

const spendFigures = z.strictObject({
  ...cost,
  unit: z.string(),
  periodSeconds: seconds,
  limitAmount: amount.optional(),
  limitAmounts: z.record(z.string(), amount),
  limitEachAmount: amount.optional(),
  thresholds: z.array(z.strictObject({ limitRatio: z.number(), severity })),
  burns: z.array(
    z.strictObject({
      burn: z.string(),
      severity,
      burnRate: z.number(),
      longWindowSeconds: seconds,
      shortWindowSeconds: seconds,
    }),
  ),
});

const experimentFigures = z.strictObject({
  ...cost,
  windowSeconds: seconds,
  compareSeconds: seconds,
  leastSampleEvents: z.number(),
  standardErrors: z.number(),
  leastDifferenceRatio: z.number(),
  forSeconds: seconds,
});

const explanation = z.strictObject({
  id: z.string(),
  figures: z.union([sloFigures, spendFigures, experimentFigures]),
  sections: z.array(z.strictObject({ title: z.string(), head: names.optional(), rows: z.array(names) })),
});

export const explain = z.strictObject({
  ...common,
  explanation: explanation.optional().describe("Where one thing was asked for."),
  explanations: z.array(explanation).optional().describe("Where several were, or all."),
  deployed: z
    .array(
      z.strictObject({
        kind: z.string(),
        name: z.string(),
        namespace: z.string().optional(),
        service: z.string().optional(),
      }),
    )
    .optional()
    .describe("Of everything, where the platform has a cluster."),
  declared: z
    .strictObject({ services: z.unknown(), platform: z.unknown().optional() })
    .optional()
    .describe("Of everything: the declarations as plain data, which `diff` and `review` take as a base."),
});
