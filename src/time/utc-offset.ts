/** Fixed offsets from UTC, such as `+05:30`: the only time zones that PromQL can count in. */
import { HOUR, MINUTE } from "./units.ts";

/** `+05:30` is 19800; undefined for what is not a fixed offset from UTC, such as the name of a zone. */
export function utcOffsetSeconds(offset: string): number | undefined {
  const match = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset);
  if (!match) return undefined;
  const seconds = Number(match[2]) * HOUR + Number(match[3]) * MINUTE;
  return match[1] === "-" && seconds > 0 ? -seconds : seconds;
}

/** `UTC+05:30`; UTC alone where there is none. */
export function offsetWords(seconds: number): string {
  if (seconds === 0) return "UTC";
  const minutes = Math.abs(seconds) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, "0");
  return `UTC${seconds < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
