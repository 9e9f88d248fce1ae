/** First checks of a runbook, as they are declared. */
import { z } from "zod";
import { parseExpression } from "../../promql/grammar/parse.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { proseSchema } from "../text/texts.ts";

/** They stand on the first screen. */
const MOST = 4;

const querySchema = z.string().superRefine((query, context) => {
  const parsed = parseExpression(query);
  if (!parsed.ok) refuse(context, "bad-promql", parsed.problem.message, "Write an expression that Prometheus answers.");
});

export const checksSchema = z
  .array(
    z
      .strictObject({
        what: proseSchema.refine((what) => what !== "", { error: "it does not say what to look at" }),
        how: proseSchema.optional(),
        query: querySchema.optional(),
      })
      .transform(({ what, how, query }) => ({ what, how, query })),
  )
  .refine((checks) => checks.length <= MOST, {
    error: `there are more than ${MOST} first checks`,
    params: fault("bad-value", "Keep those that find most causes; a runbook partial has room for the others."),
  });
