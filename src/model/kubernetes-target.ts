/** A Kubernetes cluster once it is parsed: how the artifacts reach it. */

type Labels = Readonly<Record<string, string>>;

/** Where and how, with every default filled in. */
export interface KubernetesTarget {
  readonly kind: "operator" | "configMaps";
  readonly namespace: string;
  readonly createNamespace: boolean;
  readonly prefix: string;
  /** On every PrometheusRule. */
  readonly selectorLabels: Labels;
  readonly alertmanager: {
    readonly as: "config" | "secret" | "configMap" | "none";
    readonly name: string;
    readonly selectorLabels: Labels;
    readonly matching: "OnNamespace" | "None";
  };
  readonly dashboards: {
    readonly as: "configMaps" | "grafanaDashboards" | "none";
    readonly labels: Labels;
    readonly instanceSelector: Labels;
    readonly folder: string | undefined;
  };
}
