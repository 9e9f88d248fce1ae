/** Printed text, by its lines: whether it fits, and how it is indented. */

export function fits(text: string, width: number): boolean {
  return text.length <= width && !text.includes("\n");
}

/** One line that fits, or one that ends where a parenthesis opens. */
export function opensOn(text: string, width: number): boolean {
  const [first = "", ...more] = text.split("\n");
  return fits(first, width) && (more.length === 0 || (/ \($/.test(first) && more.at(-1) === ")"));
}

/** A back-quoted string may hold line breaks of its own, which must not move. */
export function indent(text: string): string {
  if (text.includes("`")) return text;
  return text
    .split("\n")
    .map((line) => `  ${line}`)
    .join("\n");
}
