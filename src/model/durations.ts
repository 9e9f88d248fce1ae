/** Durations in declarations: whole seconds where a window is meant, and within what makes sense. */
import { z } from "zod";
import { suggestDuration } from "../promql/duration.ts";
import { fault, refuse, secondsSchema } from "../sli/metric.ts";
import type { CalendarWindow, Duration } from "./declaration.ts";

/** Any duration, kept as it was written. */
export const durationSchema = checked(secondsSchema);

const wholeSeconds = secondsSchema.refine(Number.isInteger, {
  error: "a window is not given in milliseconds",
  params: fault("bad-duration", "Give whole seconds, such as `30s` or `5m`."),
});

/** A window of an alert, kept as it was written. */
export const alertWindowSchema = checked(wholeSeconds);

const HOUR = 3600;
const LONGEST_DAYS = 366;
export const DEFAULT_WINDOW_SECONDS = 30 * 86_400;

const calendar = z.looseObject({ calendar: z.unknown() });

/** A rolling window, in seconds. Calendar windows come with a later release. */
export const windowSchema = z.union([z.string(), calendar]).transform((window, context): number => {
  if (typeof window !== "string")
    return refuse(
      context,
      "not-yet-supported",
      "calendar windows come with a later release",
      "Use a rolling window, such as `30d`.",
    );
  const read = secondsSchema.safeParse(window);
  if (!read.success)
    return refuse(context, "bad-duration", `${JSON.stringify(window)} is not a window`, hintFor(window));
  return inRange(window, read.data)
    ? read.data
    : refuse(
        context,
        "window-out-of-range",
        `a window of ${window} is not between 1h and ${LONGEST_DAYS}d`,
        "Use 28d or 30d; 7d where the budget should come back sooner.",
      );
}) as unknown as z.ZodType<number, Duration | CalendarWindow>;

function inRange(text: string, seconds: number): boolean {
  return !text.endsWith("ms") && seconds >= HOUR && seconds <= LONGEST_DAYS * 86_400;
}

function hintFor(text: string): string {
  const nearest = suggestDuration(text);
  return nearest === undefined ? "Write a whole number and one unit, such as `30d`." : `Write \`${nearest}\`.`;
}

/** The same checks, with the text as the result. */
function checked(schema: z.ZodType<number, string>): z.ZodType<Duration, Duration> {
  const text = z.string().transform((given, context): Duration => {
    const read = schema.safeParse(given);
    for (const problem of read.error?.issues ?? []) context.addIssue({ ...problem, code: "custom" });
    return given as Duration;
  });
  return text as unknown as z.ZodType<Duration, Duration>;
}
