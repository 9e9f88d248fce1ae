/** Declared text within our sentences: it can neither end its place nor begin anything. */

/** Text as code on one line; a back quote would end the code, and is shown as an apostrophe. */
export function code(text: string): string {
  return `\`${oneLine(text).replaceAll("`", "'") || " "}\``;
}

/** Control characters and line ends become spaces. */
export function oneLine(text: string): string {
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, " ").trim();
}

/** `a, b and 28 more`. */
export function someOf(items: readonly string[], most = 3): string {
  if (items.length <= most + 1) return items.join(", ");
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`;
}

/** For where it begins a sentence. */
export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** For where it goes on within a sentence. */
export function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
