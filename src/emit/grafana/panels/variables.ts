/** Drop-downs: which service, SLO, budget or experiment a dashboard shows. Links set them by name. */
import type { Variable } from "./model.ts";
import { DATASOURCE } from "./panel.ts";

/** Exactly one value; without a link to another it is the first. */
export function one(name: string, label: string, query: string): Variable {
  return { ...queried(name, label, query), multi: false, includeAll: false, current: {}, sort: 1 };
}

/** One of what a query answers, in its order, as a regular expression takes it out of the answer's text. */
export function oneOf(name: string, label: string, query: string, regex: string): Variable {
  return { ...one(name, label, query), regex, sort: 0 };
}

/** Several values, or all. */
export function several(name: string, label: string, query: string): Variable {
  const all = { selected: true, text: ["All"], value: ["$__all"] };
  // Not `.+`: a series without the label belongs to "all" too.
  return { ...queried(name, label, query), multi: true, includeAll: true, allValue: ".*", current: all, sort: 1 };
}

function queried(name: string, label: string, query: string): Variable {
  return { type: "query", name, label, datasource: DATASOURCE, query, definition: query, refresh: 2 };
}
