/** What is not wrong but hardly meant: warnings, read from the declaration as it stands. */

import { isRecord } from "../read/plain-data.ts";
import type { Problem } from "../read/read.ts";
import { isUserLabel, manyAs } from "../text/label-values.ts";

/** The warnings of one service. */
export function doubtsOf(service: unknown): Problem[] {
  return [...bracesIn(service, []), ...manyValuesIn(service, [])];
}

type Path = readonly (string | number)[];

/** Fields that hold templates, PromQL or values of labels, where braces are at home or are found out otherwise. */
const BRACES_AT_HOME = ["template", "sli", "metric", "tokens", "requests", "match"];

function bracesIn(value: unknown, path: Path): Problem[] {
  if (typeof value === "string") return value.includes("{{") ? [braces(path)] : [];
  return fieldsOf(value).flatMap(([key, field]) =>
    BRACES_AT_HOME.includes(String(key)) ? [] : bracesIn(field, [...path, key]),
  );
}

function braces(path: Path): Problem {
  const inAnnotation = path.includes("annotations");
  const hint = inAnnotation
    ? 'Where Prometheus should fill it in, write template("…").'
    : 'Where Prometheus should fill it in, write template("…"), which annotations take.';
  return { code: "braces-in-text", path, message: "the text has `{{` in it and will be shown as it stands.", hint };
}

function manyValuesIn(service: unknown, path: Path): Problem[] {
  return fieldsOf(service).flatMap(([key, field]) => {
    const here = [...path, key];
    if (key === "groupBy" || key === "by") return manyValues(here, asNames(field));
    if (key === "labels" && isRecord(field))
      return Object.keys(field)
        .filter(isDoubtful)
        .map((name) => doubtful([...here, name], name));
    return manyValuesIn(field, here);
  });
}

function manyValues(path: Path, names: readonly string[]): Problem[] {
  return names.flatMap((name, index) => (isDoubtful(name) ? [doubtful([...path, index], name)] : []));
}

function isDoubtful(name: string): boolean {
  return manyAs(name) !== undefined && !isUserLabel(name);
}

function doubtful(path: Path, name: string): Problem {
  const many = manyAs(name) ?? "events";
  const message = `\`${name}\` usually has about as many values as there are ${many}.`;
  return {
    code: "high-cardinality-label",
    path,
    message,
    hint: `Use a label with few values; single ${many} belong in logs and traces.`,
  };
}

function asNames(value: unknown): string[] {
  return Array.isArray(value) ? value.map((name) => (typeof name === "string" ? name : "")) : [];
}

function fieldsOf(value: unknown): [string | number, unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [index, item]);
  return isRecord(value) ? Object.entries(value) : [];
}
