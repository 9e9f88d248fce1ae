/** What a user gives as a duration, in seconds. */
import { z } from "zod";
import { parseDuration, secondsOf, suggestDuration } from "../promql/duration.ts";
import { type Context, fault, refuse } from "./fault.ts";

/** A duration as text, to seconds. */
export const secondsSchema = z.string().transform((text, context): number => {
  const milliseconds = parseDuration(text);
  if (milliseconds === undefined) return refuseDuration(text, context);
  return milliseconds / 1000;
});

/** A slice's length, in seconds: no milliseconds. */
export const sliceSchema = z
  .string()
  .refine((text) => Number.isInteger(meantSeconds(text)), {
    params: fault("bad-duration", "Give a slice in whole seconds, such as `1m`."),
    error: "a slice is not given in milliseconds",
  })
  .pipe(secondsSchema);

/**
 * Seconds of a text that is a duration, or nearly one; else 0. Limits are checked on them, so that no hint proposes
 * what would be refused next.
 */
export function meantSeconds(text: string): number {
  return secondsOf(suggestDuration(text) ?? text);
}

/** What is wrong with a text that is not a duration. A fraction is one for people. */
export function noDuration(text: string, meant: string | undefined, what = "a duration"): string {
  const isFraction = meant !== undefined && /^\s*\d*\.\d+\s*[a-z]+\s*$/i.test(text);
  return isFraction
    ? `${JSON.stringify(text)} is not a whole number of its unit`
    : `${JSON.stringify(text)} is not ${what}`;
}

function refuseDuration(text: string, context: Context): never {
  const nearest = suggestDuration(text);
  const hint = nearest
    ? `Write \`${nearest}\`.`
    : "Write a whole number and one unit: ms, s, m, h, d or w, such as `30s` or `30d`.";
  return refuse(context, "bad-duration", noDuration(text, nearest), hint);
}
