/** Workloads on Kubernetes, by kube-state-metrics, and their GPUs, by NVIDIA's DCGM exporter. */
import { z } from "zod";
import type { Expr, Selector } from "../../promql/ast.ts";
import { binary, call, number, sumBy } from "../../promql/build.ts";
import { assemble } from "../assemble/assemble.ts";
import { bounded, ticketsOnly } from "../assemble/blueprints.ts";
import { patternOption } from "../assemble/option-schemas.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { overWindow } from "../assemble/window.ts";
import { gpus, ignoredXids } from "../servers/gpus.ts";

type K8sMeasured = "replicas" | "pods-pending" | "crash-loops" | "restarts" | "gpu-errors" | "gpu-temperature";

/** Names of the SLOs of `k8sWorkload()`; those of GPUs are there with `gpu: true`. */
export type K8sWorkloadSlo = K8sMeasured;

/** Options of `k8sWorkload()`. `job` is kube-state-metrics'; narrow it with `matchers: 'namespace="serving"'`. */
export interface K8sWorkloadOptions extends PresetOptions<K8sWorkloadSlo, K8sMeasured> {
  /** Also GPUs, by `hostname`, whose older name `Hostname` is read too. Default false. */
  readonly gpu?: boolean;
  /** The scrape job of the DCGM exporter. Default: `job`. */
  readonly gpuJob?: string;
  /** A pattern of GPU errors (XIDs) that are an application's own fault. Default `13|31|43|45`. */
  readonly ignoredXids?: string;
}

/**
 * SLOs of workloads as time slices: deployments have the replicas they ask for, pods are not stuck, crash or restart.
 * Replicas page; the rest makes tickets, since users may not notice.
 *
 * @example k8sWorkload({ matchers: 'namespace="shop"' })
 */
export function k8sWorkload(options: K8sWorkloadOptions = {}): ServiceParts {
  return assemble(k8sWorkloadPreset, options, k8sWorkload);
}

type Own = Required<Pick<K8sWorkloadOptions, "gpu" | "ignoredXids">> & Pick<K8sWorkloadOptions, "gpuJob">;

export const k8sWorkloadPreset: Preset<Own> = {
  name: "k8sWorkload",
  ai: false,
  own: {
    gpu: z.boolean().default(false),
    gpuJob: z.string().optional(),
    ignoredXids: patternOption.default(ignoredXids),
  },
  slos: (options, select) => [
    replicas(select),
    ...pods(select),
    ...(options.gpu ? gpus(select.ofJob(options.gpuJob), options.ignoredXids) : []),
  ],
  checks: (_options, select) => [
    {
      what: "Pods by phase",
      how: "Pending: no node has room, or a volume is missing. Failed: read the log of the last one.",
      query: `sum by (namespace, phase) (${select("kube_pod_status_phase")})`,
    },
    {
      what: "Restarts in the last hour",
      how: "One pod alone: its node, or its data. All of one deployment: what was released last.",
      query: `topk(10, increase(${select("kube_pod_container_status_restarts_total")}[1h]))`,
    },
    {
      what: "Replicas that are missing",
      how: "Which deployments have fewer pods than they want?",
      query: `topk(10, ${select("kube_deployment_spec_replicas")} - ${select("kube_deployment_status_replicas_available")})`,
    },
  ],
  examples: [
    { options: {}, sample: "k8s-workload" },
    { options: { gpu: true }, sample: "k8s-workload" },
  ],
};

function replicas({ node }: Select): Blueprint {
  const missing = (by: readonly string[]) =>
    binary(
      "-",
      sumBy(by, node("kube_deployment_spec_replicas")),
      sumBy(by, node("kube_deployment_status_replicas_available")),
    );
  return bounded({
    name: "replicas",
    description:
      "A deployment has the replicas that it requests. The threshold is how many may be missing, during a rollout too.",
    objective: 99,
    groupBy: ["namespace", "deployment"],
    metric: { meaning: "the number of missing replicas", of: missing },
    op: "<=",
    threshold: 0,
  });
}

function pods({ node }: Select): Blueprint[] {
  const common = { groupBy: ["namespace"], lacks: ["deployment"], alerting: ticketsOnly, op: "<=" as const };
  const info = node("kube_pod_info");
  const stuck = node("kube_pod_status_phase", 'phase=~"Pending|Unknown"');
  const crashing = node("kube_pod_container_status_waiting_reason", 'reason="CrashLoopBackOff"');
  const restarts = node("kube_pod_container_status_restarts_total");
  return [
    bounded({
      ...common,
      name: "pods-pending",
      description: "No pod is pending or lost.",
      objective: 99,
      metric: { meaning: "the number of pods that are pending or lost", of: (by) => sumBy(by, stuck) },
      threshold: 0,
    }),
    bounded({
      ...common,
      name: "crash-loops",
      description: "No container is in a crash loop.",
      objective: 99,
      // There is a series only while one does.
      metric: {
        meaning: "the number of containers that crash again and again",
        of: (by) => orNone(sumBy(by, crashing), info, by),
      },
      threshold: 0,
    }),
    bounded({
      ...common,
      name: "restarts",
      description: "Containers do not restart: restarts per second in a namespace.",
      objective: 99,
      metric: {
        meaning: "the restarts of containers per second",
        of: (by) => sumBy(by, call("rate", overWindow(restarts))),
      },
      threshold: 0,
    }),
  ];
}

function orNone(value: Expr, present: Selector, by: readonly string[]): Expr {
  return binary("or", value, binary("*", sumBy(by, present), number(0)));
}
