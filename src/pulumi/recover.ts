/**
 * What an engine that was killed leaves behind: creates whose end the state does not know. An object that is there would
 * be in the way of the next `up`, as if somebody else had made it.
 */
import { globSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Deployment, Stack } from "@pulumi/pulumi/automation/index.js";
import { STACK } from "./owners.ts";

interface State {
  readonly resources?: readonly Resource[];
  readonly pending_operations?: readonly { readonly type: string; readonly resource: Resource }[];
}

interface Resource {
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: Inputs;
  readonly outputs?: Inputs;
}

interface Inputs {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/**
 * Looks for each of them in the cluster: what is there, and was made by this stack, is taken into the state. Call it before
 * an `up` that follows a crash; where nothing was cut off it does nothing.
 *
 * @returns Names of the resources that the state did not know.
 */
export async function recover(stack: Stack): Promise<string[]> {
  const before = await stack.exportStack();
  const unknown = pendingCreates(stateOf(before)).filter(({ inputs }) => inputs?.metadata !== undefined);
  if (unknown.length === 0) return [];
  await stack.importStack(withState(before, supposed(stateOf(before), unknown)));
  // Forgets what is not there, and knows the labels of what is.
  await stack.refresh();
  const after = await stack.exportStack();
  const meant = new Map(unknown.map((resource) => [resource.urn, resource.inputs]));
  const isKept = ({ urn, outputs }: Resource) => !meant.has(urn) || isOurs(outputs, meant.get(urn));
  const resources = stateOf(after).resources ?? [];
  if (!resources.every(isKept)) await stack.importStack(withState(after, { resources: resources.filter(isKept) }));
  return resources.filter((each) => meant.has(each.urn) && isKept(each)).map(({ urn }) => nameOf(urn));
}

/**
 * Removes what makes a state in a folder unreadable: an engine that is killed may leave an empty file of attributes beside
 * a state that is whole. Nothing else needs them.
 */
export function removeBrokenAttributes(folder: string): void {
  for (const file of globSync(join(folder, ".pulumi/stacks/**/*.attrs"))) if (statSync(file).size === 0) rmSync(file);
}

function stateOf({ deployment }: Deployment): State {
  return (deployment ?? {}) as State;
}

function withState(exported: Deployment, state: State): Deployment {
  return { ...exported, deployment: { ...exported.deployment, ...state } };
}

function pendingCreates({ pending_operations: pending = [] }: State): Resource[] {
  return pending.filter(({ type }) => type === "creating").map(({ resource }) => resource);
}

/** The state as if all of them had been created. */
function supposed({ resources = [], pending_operations: pending = [] }: State, unknown: readonly Resource[]): State {
  const created = unknown.map((resource) => ({ ...resource, id: idOf(resource), outputs: resource.inputs ?? {} }));
  return {
    resources: [...resources, ...created],
    pending_operations: pending.filter(({ resource }) => !unknown.includes(resource)),
  };
}

/** As the Kubernetes provider has it. */
function idOf({ inputs }: Resource): string {
  const { name = "", namespace } = inputs?.metadata ?? {};
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/** Another stack's object has our label too, and another stack's name. */
function isOurs(found: Inputs | undefined, meant: Inputs | undefined): boolean {
  const { labels, annotations } = found?.metadata ?? {};
  const isSameStack = annotations?.[STACK] === meant?.metadata?.annotations?.[STACK];
  return labels?.["app.kubernetes.io/part-of"] === "firebreak" && isSameStack;
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
