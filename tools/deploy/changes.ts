/** What an operation changed, or would: from the engine's events to lines that a person reads. */
import type { EngineEvent, StepEventMetadata } from "@pulumi/pulumi/automation/index.js";

export interface Change {
  readonly op: "create" | "update" | "delete" | "replace" | "same";
  /** The service that it is for; undefined for what belongs to all. */
  readonly service: string | undefined;
  /** As it is found where it is deployed: a file's path, or the kind and name of an object. */
  readonly what: string;
  /** Of a declaration: `slos.latency.objective: 95 => 96`. */
  readonly values: readonly string[];
}

const OPS: Readonly<Record<string, Change["op"]>> = {
  create: "create",
  update: "update",
  delete: "delete",
  replace: "replace",
  same: "same",
};

/** Changes in the order in which they are done; unchanged resources too. */
export function changesOf(events: readonly EngineEvent[]): Change[] {
  return events.flatMap(({ resourcePreEvent }) => {
    const step = resourcePreEvent?.metadata;
    const op = step && OPS[step.op];
    return op === undefined || step === undefined || step.type === "pulumi:pulumi:Stack" ? [] : [changeOf(op, step)];
  });
}

function changeOf(op: Change["op"], step: StepEventMetadata): Change {
  const [, service] = nameOf(step.urn).split("/");
  const isOfService = step.urn.includes("firebreak:index:Service");
  const declared = step.type === "firebreak:index:Service" && op === "update";
  return {
    op,
    service: isOfService ? service : undefined,
    what: whatOf(step),
    values: declared ? differences(step.old?.inputs, step.new?.inputs) : [],
  };
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

function whatOf({ urn, type, old: before, new: after }: StepEventMetadata): string {
  const inputs = (after?.inputs ?? before?.inputs ?? {}) as Record<string, unknown>;
  if (typeof inputs.path === "string") return inputs.path;
  const metadata = inputs.metadata as { readonly name?: string; readonly namespace?: string } | undefined;
  const kind = type.slice(type.lastIndexOf(":") + 1);
  if (metadata?.name === undefined) return `${kind} ${nameOf(urn)}`;
  return `${kind} ${[metadata.namespace, metadata.name].filter(Boolean).join("/")}`;
}

/** Paths at which two values differ, with both. */
export function differences(before: unknown, after: unknown, path = ""): string[] {
  if (isRecord(before) && isRecord(after)) {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
    return keys.flatMap((key) => differences(before[key], after[key], path === "" ? key : `${path}.${key}`));
  }
  const [old, now] = [before, after].map((value) => JSON.stringify(value) ?? "none");
  return old === now ? [] : [`${path}: ${old} => ${now}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const SIGNS: Readonly<Record<string, string>> = { create: "+", update: "~", delete: "-", replace: "±" };

/** The summary of an operation. */
export function printChanges(
  changes: readonly Change[],
  { operation, stack }: { readonly operation: string; readonly stack: string },
): string {
  const real = changes.filter(({ op }) => op !== "same").sort(compare);
  const groups = [...new Set(real.map(({ service }) => service))];
  const blocks = groups.map((service) =>
    [service ?? "for all services", ...real.filter((each) => each.service === service).flatMap(lines)].join("\n"),
  );
  return [...blocks, `${stack}: ${operation === "preview" ? "would be " : ""}${counts(changes)}`].join("\n\n");
}

/** What belongs to all comes first, and a service before its parts; else by name, because the engine's order is no order. */
function compare(a: Change, b: Change): number {
  const key = ({ service, what }: Change) => `${service ?? ""}\n${COMPONENT.test(what) ? "" : what}`;
  return key(a) < key(b) ? -1 : 1;
}

const COMPONENT = /^(SloStack|Service) /;

function lines({ op, what, values }: Change): string[] {
  return [`  ${SIGNS[op]} ${what}`, ...values.map((value) => `      ${value}`)];
}

function counts(changes: readonly Change[]): string {
  const words = { create: "created", update: "updated", replace: "replaced", delete: "deleted", same: "unchanged" };
  const parts = Object.entries(words).map(([op, word]) => {
    const number = changes.filter((change) => change.op === op).length;
    return number === 0 ? "" : `${number} ${word}`;
  });
  return parts.filter(Boolean).join(", ") || "nothing";
}
