/** What every command prints with `--json`, as schemas: a test holds the real outputs to them. */
import { z } from "zod";
import { breakKinds } from "../../diff/breaks/breaks.ts";
import { subjectTypes } from "../../diff/subject.ts";
import { type IssueCode, issueLevels } from "../../issue.ts";

const names = z.array(z.string());
const severity = z.enum(["page", "ticket", "info"]);
const perSeverity = z.strictObject({ page: z.number(), ticket: z.number(), info: z.number() });

const issue = z.strictObject({
  code: z.enum(Object.keys(issueLevels) as [IssueCode, ...IssueCode[]]).describe("Stable; the words are not."),
  level: z.enum(["error", "warning", "note"]),
  path: z.array(z.union([z.string(), z.number()])).describe("Keys from the declaration's root to the place."),
  message: z.string(),
  hint: z.string(),
  source: z.strictObject({ file: z.string(), line: z.int(), column: z.int() }).optional().describe("1-based."),
});
const issues = z.array(issue);

/** What each of them says. */
const common = { ok: z.boolean().describe("False exactly where the exit code is not 0."), issues };

const meanings = {
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

const check = z.strictObject({ ...common, ...meanings });

const build = z.strictObject({
  ...common,
  ...meanings,
  out: z.string(),
  files: z
    .strictObject({ created: names, changed: names, unchanged: names, deleted: names })
    .optional()
    .describe("Missing where nothing was written."),
});

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

const explain = z.strictObject({
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

const simulate = z.strictObject({
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

const diff = z.strictObject({
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

const review = z.strictObject({ ...common, files: names.optional() });
const doctor = z.strictObject({
  ...common,
  metrics: z.int().describe("How many were looked at."),
  cost: z
    .strictObject({
      measuredSamplesPerHour: z.number().describe("Raw samples that rules of SLOs read, as the server counts them."),
      predictedSamplesPerHour: z.number(),
      addedSeries: z.number(),
      headSeries: z.number().optional(),
    })
    .optional(),
});
const merge = z.strictObject(common);

const init = z.strictObject({
  ...common,
  created: names,
  extended: names.describe("Were there, and have what was missing."),
  kept: names.describe("Were there, and are as they were."),
  proposals: z.array(
    z.strictObject({
      preset: z.string(),
      job: z.string(),
      options: z.record(z.string(), z.unknown()),
      slos: names,
      leftOut: names.describe("SLOs of the preset that had no series."),
      scrapeInterval: z.string().optional(),
    }),
  ),
});

/** By the command's name. */
export const outputs: Readonly<Record<string, z.ZodType>> = {
  init,
  check,
  build,
  explain,
  simulate,
  diff,
  review,
  doctor,
  merge,
};

/** What any command prints at exit 2. */
export const failure = z.strictObject({
  ok: z.literal(false),
  issues: z.array(issue).max(0),
  code: z.enum(["wrong-usage", "unusable-path", "bug"]),
  failure: z.string(),
  hint: z.string().optional(),
});
