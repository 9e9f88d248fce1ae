/** The pods that docs/pulumi.md shows for a Prometheus and an Alertmanager without an operator, started as processes. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { EngineName } from "../../../tools/engines/pins.ts";
import { programOf } from "./cluster.ts";
import type { Pod } from "./pod.ts";
import { type Running, startProcess } from "./process.ts";

export const podEngines = ["prometheus", "alertmanager", "prometheus-config-reloader"] as const satisfies EngineName[];

interface Documented {
  /** As it stands in prometheus.yml. */
  readonly prometheusConfig: { readonly rule_files: readonly string[] };
  readonly prometheus: Pod;
  readonly alertmanager: Pod;
}

/** The YAML of the docs' chapter, which a reader copies. */
export function documentedPods(): Documented {
  const text = readFileSync(join(import.meta.dirname, "../../../docs/pulumi.md"), "utf8");
  const chapter = text.split(/^## /m).find((part) => part.startsWith("Prometheus without an operator")) ?? "";
  const [prometheusConfig, prometheus, alertmanager] = [...chapter.matchAll(/```yaml\n(.*?)```/gs)].map(([, yaml]) =>
    parse(yaml ?? ""),
  );
  return { prometheusConfig, prometheus, alertmanager };
}

/** Where a server of the pod answers: the port that is documented, and the one that it has here. */
export interface Port {
  readonly documented: number;
  readonly port: number;
}

/** Starts the containers in order: the server with more flags, then the reloader. What they mount is there already. */
export async function startPod(
  pod: Pod,
  root: string,
  { documented, port }: Port,
  flags: readonly string[],
): Promise<Running[]> {
  const url = `http://127.0.0.1:${port}`;
  const running: Running[] = [];
  for (const container of pod.containers) {
    const isServer = container.name !== "reloader";
    const program = isServer ? container.name : "prometheus-config-reloader";
    const own = container.args.map((arg) => placed(arg, root).replace(`localhost:${documented}`, `127.0.0.1:${port}`));
    running.push(
      await startProcess({
        program: programOf(program as EngineName),
        args: isServer ? [...own, ...flags, `--web.listen-address=127.0.0.1:${port}`] : own,
        log: join(root, `${pod.containers[0]?.name}-${container.name}.log`),
        ready: async () => (await fetch(`${url}/-/ready`)).ok,
      }),
    );
  }
  return running;
}

/** The path below the root. */
export function placed(text: string, root: string): string {
  return text.replaceAll("/etc/", `${root}/etc/`);
}
