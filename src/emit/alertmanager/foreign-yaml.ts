/** Configurations of others as YAML: how they are read, and what they are where they are no Alertmanager configuration. */
import { type Document, type LineCounter, type ParsedNode, parseDocument } from "yaml";
import { isRecord } from "../../parse/read/plain-data.ts";

/** Placeholders of a template such as `{{ .Values.url }}` are maps as keys: YAML that is left alone, and no reason to warn. */
export function parseForeign(text: string, lineCounter?: LineCounter): Document.Parsed<ParsedNode> {
  return parseDocument(text, { version: "1.1", logLevel: "error", ...(lineCounter && { lineCounter }) });
}

export interface Reason {
  readonly fact: string;
  readonly hint: string;
}

/** Why it cannot be read, of the first error. */
export function unreadable({ errors: [error] }: Document.Parsed<ParsedNode>): Reason | undefined {
  if (error === undefined) return undefined;
  if (error.code === "MULTIPLE_DOCS")
    return { fact: "it has several documents", hint: "Name a file that has the configuration alone." };
  return { fact: `it is not YAML: ${error.message.split("\n")[0]}`, hint: "Correct it first." };
}

/** Why there is no route to join: it is somewhere within, as in the values of a Helm chart, or this is an object of Kubernetes. */
export function routeless(configuration: unknown): Reason {
  const place = placeOfRoute(configuration, []);
  if (place !== undefined && place.length > 0) return { fact: `its route is within ${place.join(".")}`, hint: APART };
  if (isRecord(configuration) && typeof configuration.kind === "string")
    return { fact: `it is an object of Kubernetes (${configuration.kind})`, hint: APART };
  return { fact: "it has no route, or one in braces", hint: "Write the route on lines of its own." };
}

const APART = "Put the configuration into a file of its own, merge into that, and put the result back.";

/** Keys that lead to it, the nearest first. */
function placeOfRoute(value: unknown, path: readonly string[]): readonly string[] | undefined {
  if (!isRecord(value) || path.length > 4) return undefined;
  if (isRecord(value.route) && "receivers" in value) return path;
  for (const [key, inner] of Object.entries(value)) {
    const place = placeOfRoute(inner, [...path, key]);
    if (place !== undefined) return place;
  }
  return undefined;
}
