/** Durations: text such as `90m` to milliseconds and back, the way PromQL and rule files write them. */

import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS, WEEK_MS } from "../time/units.ts";

const UNITS = [
  ["w", WEEK_MS],
  ["d", DAY_MS],
  ["h", HOUR_MS],
  ["m", MINUTE_MS],
  ["s", SECOND_MS],
  ["ms", 1],
] as const;

const SIMPLE = /^([1-9]\d*)(ms|s|m|h|d|w)$/;
const COMPOSED = /^(\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/;

/** Milliseconds of a duration with one unit, or undefined where the text is not one. */
export function parseDuration(text: string): number | undefined {
  const match = SIMPLE.exec(text);
  if (!match) return undefined;
  const milliseconds = Number(match[1]) * unitMs(match[2] ?? "");
  return Number.isSafeInteger(milliseconds) ? milliseconds : undefined;
}

/** Seconds of a duration as PromQL has them, `1h30m` too; undefined where the text is not one. */
export function composedSeconds(text: string): number | undefined {
  return COMPOSED.test(text) ? sumOfParts(text) / 1000 : undefined;
}

/** Seconds of a duration that was checked before; 0 where there is none. */
export function secondsOf(text = ""): number {
  return (parseDuration(text) ?? 0) / 1000;
}

/** The nearest valid form of a text that is almost a duration: `1h30m` is `90m`, `1.5h` too. */
export function suggestDuration(text: string): string | undefined {
  // A capital M is a month wherever a lower one is a minute.
  const trimmed = text
    .trim()
    .replaceAll(/\s+/g, "")
    .replace(/^([\d.]+)M$/, "$1months")
    .toLowerCase();
  const milliseconds = COMPOSED.test(trimmed) ? sumOfParts(trimmed) : spelledOut(trimmed);
  const suggestion = milliseconds === undefined ? "" : oneUnit(Math.round(milliseconds));
  return parseDuration(suggestion) === undefined ? undefined : suggestion;
}

/** `5400000` is `1h30m`; weeks are written in days, so that 30d and 28d read alike. */
export function printDuration(milliseconds: number): string {
  let rest = Math.round(milliseconds);
  let text = "";
  for (const [unit, size] of UNITS.slice(1)) {
    const count = Math.floor(rest / size);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * size;
  }
  return text === "" ? "0s" : text;
}

/** `5400` seconds is `1h30m`. */
export function printSeconds(seconds: number): string {
  return printDuration(seconds * 1000);
}

function unitMs(unit: string): number {
  return UNITS.find(([name]) => name === unit)?.[1] ?? Number.NaN;
}

function sumOfParts(text: string): number {
  const parts = text.match(/\d+(?:\.\d+)?(?:ms|s|m|h|d|w)/g) ?? [];
  return parts.reduce((sum, part) => sum + Number.parseFloat(part) * unitMs(part.replace(/^[\d.]+/, "")), 0);
}

const SPELLED =
  /^(\d+(?:\.\d+)?)(millis(?:ec(?:ond)?s?)?|msecs?|sec(?:ond)?s?|min(?:ute)?s?|h(?:ou)?rs?|hours?|days?|weeks?|months?|mo|years?|yr?)$/;

function spelledOut(text: string): number | undefined {
  const match = SPELLED.exec(text);
  if (!match) return undefined;
  const word = match[2] ?? "";
  if (word.startsWith("mo")) return Number(match[1]) * 30 * DAY_MS;
  if (word.startsWith("y")) return Number(match[1]) * 365 * DAY_MS;
  return Number(match[1]) * (/^mil|^ms/.test(word) ? 1 : unitMs(word.charAt(0)));
}

function oneUnit(milliseconds: number): string {
  const unit = UNITS.slice(1).find(([, size]) => milliseconds % size === 0) ?? UNITS[5];
  return `${milliseconds / unit[1]}${unit[0]}`;
}
