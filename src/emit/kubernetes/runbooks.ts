/** Runbooks: a ConfigMap per service, a page per SLO, for whatever serves them in the cluster. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Artifact, render } from "../artifact.ts";
import { configMap, metadata, type Placed } from "./manifest.ts";
import { bytesOf, pack, partSuffix } from "./pack.ts";
import { LARGEST_CONFIG_MAP } from "./rules.ts";

/** The runbooks of one service. */
export function runbookObjects(service: string, pages: readonly Artifact[], target: KubernetesTarget): Placed[] {
  const texts = pages.map((page): [string, string] => [page.path.replace(/^.*\//, ""), render(page)]);
  return pack(texts, ([, text]) => bytesOf(text), LARGEST_CONFIG_MAP).map((part, index) => ({
    file: `${service}.runbooks${partSuffix(index)}`,
    manifest: configMap(
      metadata(target, { name: `-${service}.runbooks${partSuffix(index)}`, labels: { "firebreak/runbooks": service } }),
      Object.fromEntries(part),
    ),
  }));
}
