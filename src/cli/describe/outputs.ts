/** What every command prints with `--json`, as schemas: a test holds the real outputs to them. */
import { z } from "zod";
import { common, issue, meanings, names } from "./common-output.ts";
import { diff } from "./diff-output.ts";
import { explain } from "./explain-output.ts";
import { simulate } from "./simulate-output.ts";

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

const test = z.strictObject({
  ...common,
  out: z.string(),
  services: z
    .array(
      z.strictObject({
        service: z.string(),
        tests: z.int(),
        earlier: z.int().describe("How many of them were not played: they had passed before on the same rules."),
        failures: z.array(
          z.strictObject({
            file: z.string(),
            test: z.string().optional().describe("Missing where the file was played in one piece."),
            words: z.string().describe("promtool's own."),
          }),
        ),
      }),
    )
    .describe("By the names of their files."),
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
const merge = z.strictObject({
  ...common,
  changed: z.boolean().optional().describe("Missing where nothing was written."),
  lists: z
    .array(
      z.strictObject({
        list: z.string().describe("As Alertmanager calls it: `routes`, `receivers`, `inhibit_rules`."),
        ours: z.int(),
        theirs: z.int().describe("Of others, unchanged."),
      }),
    )
    .optional()
    .describe("How many items the file has now, list by list."),
});

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
  test,
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
