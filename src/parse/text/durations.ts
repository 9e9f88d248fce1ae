/** Durations in declarations: whole seconds where a window is meant, and within what makes sense. */
import { z } from "zod";
import type { Duration } from "../../declare/declaration.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { fault } from "../../sli/fault.ts";

/** Any duration, kept as it was written. */
export const durationSchema = checked(secondsSchema);

const wholeSeconds = secondsSchema.refine(Number.isInteger, {
  error: "a window is not given in milliseconds",
  params: fault("bad-duration", "Give whole seconds, such as `30s` or `5m`."),
});

/** A window of an alert, kept as it was written. */
export const alertWindowSchema = checked(wholeSeconds);

/** The same checks, with the text as the result. */
function checked(schema: z.ZodType<number, string>): z.ZodType<Duration, Duration> {
  const text = z.string().transform((given, context): Duration => {
    const read = schema.safeParse(given);
    for (const problem of read.error?.issues ?? []) context.addIssue({ ...problem, code: "custom" });
    return given as Duration;
  });
  return text as unknown as z.ZodType<Duration, Duration>;
}
