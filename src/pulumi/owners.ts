/**
 * Who owns an object. Of two SloStacks in one program the second is refused; objects carry the name of their Pulumi stack,
 * so that recovery after a crash takes nothing from another one.
 */
import * as pulumi from "@pulumi/pulumi";

/** On every object that a stack deployed. */
export const STACK = "firebreak/stack";

/** Project and stack, as one text; mocks have no organization. */
export function stackName(): string {
  return `${pulumi.getProject()}/${pulumi.getStack()}`;
}

/** What each SloStack of a program deploys, by where it goes. Another run of the program has another root. */
const owned = new WeakMap<object, Map<string, string>>();

/**
 * Notes what a SloStack is going to deploy.
 *
 * @param place - Whatever tells clusters or directories apart: a provider, or a path.
 * @param objects - Each once.
 * @returns The first object that another SloStack of this program deploys to the same place, with that stack's name.
 */
export function claim(
  name: string,
  place: string,
  objects: readonly string[],
): { object: string; by: string } | undefined {
  const root = pulumi.runtime.getStackResource();
  if (root === undefined) return undefined;
  const known = owned.get(root) ?? new Map<string, string>();
  owned.set(root, known);
  const taken = objects.find((object) => known.has(`${place} ${object}`));
  if (taken !== undefined) return { object: taken, by: known.get(`${place} ${taken}`) ?? name };
  for (const object of objects) known.set(`${place} ${object}`, name);
  return undefined;
}
