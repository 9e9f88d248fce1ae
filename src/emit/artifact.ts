/**
 * Artifacts: what the emitters produce, as values. `render` is the only place that makes YAML or JSON text.
 */
import { seal } from "./seal.ts";
import { printYaml, type YamlStyle } from "./yaml/print-yaml.ts";
import { commentLines } from "./yaml/text.ts";

/** A file of the output, relative to the output directory, with `/` between its parts. */
export type Artifact =
  | YamlArtifact
  | JsonArtifact
  | { readonly path: string; readonly format: "text"; readonly value: string };

/** What a file is for: shells name and sort what they deploy by it, and never by its path. */
export interface Identity {
  readonly kind:
    | "rules"
    | "tests"
    | "routes"
    | "template"
    | "route-tests"
    | "dashboard"
    | "runbook"
    /** Of a cluster. */
    | "object";
  /** The service that it belongs to; none where it belongs to all of them. */
  readonly service?: string;
  /** What distinguishes it from others of its kind and service, such as the SLO of a runbook. Empty where there is only one. */
  readonly name: string;
}

/** A file that a target made. */
export type Emitted = Artifact & Identity;

/** JSON has no comments: what it says of itself is its first property, `firebreak`. */
interface JsonArtifact {
  readonly path: string;
  readonly format: "json";
  readonly value: unknown;
  readonly header?: string;
}

/** YAML with its comments. */
export interface YamlArtifact extends YamlStyle {
  readonly path: string;
  readonly format: "yaml";
  readonly value: unknown;
  /** Stands above everything. */
  readonly header?: string;
}

/** The exact bytes of an artifact, ending in one newline. A head that says "Made by firebreak" gets the sum of the rest. */
export function render(artifact: Artifact): string {
  return seal(print(artifact));
}

/** JSON that no person reads, on one line: an object holds it, and half of it would be space. */
export function renderCompact({ value }: Artifact): string {
  return JSON.stringify(value);
}

function print(artifact: Artifact): string {
  switch (artifact.format) {
    case "yaml":
      return comment(artifact.header) + printYaml(artifact.value, artifact);
    case "json":
      return `${JSON.stringify(withHeader(artifact), null, 2)}\n`;
    case "text":
      return artifact.value.endsWith("\n") ? artifact.value : `${artifact.value}\n`;
  }
}

function withHeader({ value, header }: JsonArtifact): unknown {
  return header === undefined ? value : { firebreak: header, ...(value as object) };
}

function comment(header: string | undefined): string {
  if (header === undefined) return "";
  return `${commentLines(header)
    .map((line) => `# ${line}`.trimEnd())
    .join("\n")}\n`;
}
