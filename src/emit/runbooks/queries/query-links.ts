/** Queries as links. Their addresses are long: they stand at the end of the page, so that its text can be read as it is. */

import { codeSpan, escapeWords } from "../markdown/markdown.ts";
import type { LiveQuery } from "./live-query.ts";

/** The addresses of a page's queries, each once, in the order in which they are numbered. */
export function addressesOf(queries: readonly LiveQuery[]): string[] {
  return [...new Set(queries.flatMap(({ places }) => places.map(({ url }) => url)))];
}

/** The addresses of a page, as Markdown's definitions. */
export function definitions(addresses: readonly string[]): string {
  return addresses.map((address, index) => `[${index + 1}]: ${address}`).join("\n");
}

/** A link to where the query runs; the query itself where no place is known. */
export function liveLink(query: LiveQuery, addresses: readonly string[]): string {
  return query.places.length === 0 ? `${escapeWords(query.title)} ${codeSpan(query.promql)}` : linked(query, addresses);
}

/** The same, with the query to be read. */
export function openQuery(query: LiveQuery, addresses: readonly string[]): string {
  return `${query.places.length === 0 ? escapeWords(query.title) : linked(query, addresses)}: ${codeSpan(query.promql)}`;
}

/** The title leads to the first place, the others are named. */
function linked({ title, places }: LiveQuery, addresses: readonly string[]): string {
  const links = places.map(({ name, url }, index) => {
    const number = addresses.indexOf(url) + 1;
    return index === 0 ? `[${escapeWords(title)}][${number}]` : ` ([${name}][${number}])`;
  });
  return links.join("");
}
