/** A fixed offset from UTC, as people write it. */

/** `+05:30` is 19800; undefined for what is no fixed offset, such as the name of a zone. */
export function offsetSecondsOf(offset: string): number | undefined {
  const match = /^([+-])(0\d|1[0-4]):([0-5]\d)$/.exec(offset);
  if (!match) return undefined;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === "-" && seconds > 0 ? -seconds : seconds;
}
