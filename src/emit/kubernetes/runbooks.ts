/** Runbooks: a ConfigMap per service, a page per SLO, for whatever serves them in the cluster. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Emitted, render } from "../artifact.ts";
import { configMap, metadata, type Placed } from "./manifest.ts";
import { bytesInObject, splitBySize } from "./split-by-size.ts";

/** The runbooks of one service. */
export function runbookObjects(service: string, pages: readonly Emitted[], target: KubernetesTarget): Placed[] {
  const texts = pages.map((page): [string, string] => [`${page.name}.md`, render(page)]);
  return splitBySize(texts, { name: ([name]) => name, size: bytesInObject }).map(({ suffix, items }) => ({
    service,
    name: `runbooks${suffix}`,
    manifest: configMap(
      metadata(target, { name: `-${service}.runbooks${suffix}`, labels: { "firebreak/runbooks": service } }),
      Object.fromEntries(items),
    ),
  }));
}
