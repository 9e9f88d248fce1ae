/** `dependsOn` and the components of composites: the SLOs named exist, and none waits for itself. Read from the declarations as they stand. */

import { namedComponents } from "../../sli/kinds/composite.ts";
import { nameOf, type Placed } from "../read/duplicates.ts";
import { nearest } from "../read/nearest.ts";
import { isRecord } from "../read/plain-data.ts";
import type { Problem } from "../read/read.ts";

/** Names that lead nowhere, and circles. */
export function dependencyProblems(services: readonly unknown[]): Placed[] {
  const nodes = services.flatMap(nodesOf);
  return [...nodes.flatMap((node) => strangers(node, nodes)), ...circles(nodes)];
}

interface Node {
  readonly id: string;
  readonly service: number;
  readonly slo: number;
  readonly edges: readonly Edge[];
}

/** A name of another SLO, and where within its own it stands. */
interface Edge {
  readonly id: unknown;
  readonly path: readonly (string | number)[];
}

function nodesOf(declared: unknown, service: number): Node[] {
  const slos = isRecord(declared) && Array.isArray(declared.slos) ? (declared.slos as readonly unknown[]) : [];
  return slos.flatMap((entry, slo): Node[] => {
    const edges = isRecord(entry) ? [...dependenciesOf(entry), ...componentsOf(entry)] : [];
    return nameOf(entry) === undefined ? [] : [{ id: `${nameOf(declared)}/${nameOf(entry)}`, service, slo, edges }];
  });
}

function dependenciesOf({ dependsOn }: Readonly<Record<string, unknown>>): Edge[] {
  return Array.isArray(dependsOn) ? dependsOn.map((id, index) => ({ id, path: ["dependsOn", index] })) : [];
}

/** The SLOs that a composite is made of, as far as they are named. */
export function componentsOf({ sli }: Readonly<Record<string, unknown>>): Edge[] {
  return (isRecord(sli) ? namedComponents(sli) : []).map((each, index) =>
    isRecord(each) ? { id: each.slo, path: ["sli", "of", index, "slo"] } : { id: each, path: ["sli", "of", index] },
  );
}

function strangers(node: Node, nodes: readonly Node[]): Placed[] {
  const ids = nodes.map(({ id }) => id);
  return node.edges.flatMap(({ id, path }) => {
    if (typeof id !== "string" || ids.includes(id)) return [];
    const problem: Problem = {
      code: "unknown-slo",
      path: ["slos", node.slo, ...path],
      message: `there is no SLO \`${id}\`.`,
      hint: hintFor(id, node, ids),
    };
    return [{ service: node.service, problem }];
  });
}

function hintFor(id: string, node: Node, ids: readonly string[]): string {
  const sibling = `${node.id.split("/")[0]}/${id}`;
  const others = ids.filter((other) => other !== node.id);
  const meant = others.includes(sibling) ? sibling : nearest(id, others);
  return meant === undefined ? "Name another SLO as `service/slo`." : `Write \`${meant}\`.`;
}

/** One problem per circle, at the SLO that closes it. */
function circles(nodes: readonly Node[]): Placed[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const done = new Set<string>();
  return nodes.flatMap((node) => follow(node, [], { byId, done }));
}

interface Graph {
  readonly byId: ReadonlyMap<string, Node>;
  readonly done: Set<string>;
}

function follow(node: Node, trail: readonly string[], graph: Graph): Placed[] {
  if (graph.done.has(node.id)) return [];
  const here = [...trail, node.id];
  const found = node.edges.flatMap(({ id, path }): Placed[] => {
    const next = typeof id === "string" ? graph.byId.get(id) : undefined;
    if (!next) return [];
    return here.includes(next.id)
      ? [circle(node, path, [...here.slice(here.indexOf(next.id)), next.id])]
      : follow(next, here, graph);
  });
  graph.done.add(node.id);
  return found;
}

function circle({ service, slo }: Node, path: Edge["path"], ids: readonly string[]): Placed {
  const message =
    ids.length === 2 ? "the SLO depends on itself." : `the SLOs depend on each other: ${ids.join(" → ")}.`;
  return {
    service,
    problem: {
      code: "dependency-cycle",
      path: ["slos", slo, ...path],
      message,
      hint: "Remove one of these dependencies.",
    },
  };
}
