/**
 * Declared text in Grafana, where titles, descriptions, links and Markdown are all interpolated: `$x`, `${x}` and `[[x]]`
 * would show a variable's value instead of what was written. Grafana has no escape for them.
 */

/** Shows the text as it was written: an invisible word joiner parts what would be a variable. */
export function plain(text: string): string {
  return text.replaceAll("$", "$\u2060").replaceAll("[[", "[\u2060[");
}

/** An address in which nothing is a variable. */
export function plainUrl(url: string): string {
  return url.replaceAll("$", "%24").replaceAll("[", "%5B").replaceAll("]", "%5D");
}
