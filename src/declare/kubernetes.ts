/**
 * How everything reaches a Kubernetes cluster, as a user writes it. The
 * same value is `platform.kubernetes`, which `generated/kubernetes/` is made from, and the target of a Pulumi stack.
 */

import type { Labels } from "./values.ts";

interface Placement {
  /** The namespace that everything goes into. `bad-id` where Kubernetes does not accept this name. */
  readonly namespace: string;
  /** Makes the namespace, and deletes it with all that is in it. Default: it exists, and stays. */
  readonly createNamespace?: boolean;
  /** How the names of all objects begin. Default `firebreak`. */
  readonly prefix?: string;
  /** How Grafana gets the dashboards. Default: ConfigMaps for the sidecar. */
  readonly dashboards?: DashboardObjects;
}

/** For the Prometheus operator, such as kube-prometheus-stack: PrometheusRule and AlertmanagerConfig objects. */
export interface OperatorDeclaration extends Placement {
  /** Which of the two targets. */
  readonly kind: "operator";
  /**
   * Labels by which Prometheus selects its rules (`spec.ruleSelector`). kube-prometheus-stack wants
   * `{ release: "<name of the Helm release>" }`. Rules without them are never loaded, and nothing says so:
   * so this is a choice to be made. `{}` where Prometheus selects every rule.
   */
  readonly selectorLabels: Labels;
  /** How Alertmanager gets its routes. Default: an AlertmanagerConfig. */
  readonly alertmanager?: AlertmanagerObjects;
}

/** For Prometheus and Alertmanager without an operator: ConfigMaps that they mount. */
export interface ConfigMapsDeclaration extends Placement {
  /** Which of the two targets. */
  readonly kind: "configMaps";
  readonly selectorLabels?: never;
  /** How Alertmanager gets its routes. Default: a ConfigMap. */
  readonly alertmanager?: {
    /** A ConfigMap that Alertmanager mounts, or nothing. */
    readonly as: "configMap" | "none";
  };
}

/** How everything reaches a cluster. `not-deployable` where it cannot work there. */
export type KubernetesDeclaration = OperatorDeclaration | ConfigMapsDeclaration;

/** How the operator's Alertmanager gets its routes. */
export type AlertmanagerObjects =
  | {
      /** An AlertmanagerConfig beside the configuration that is there. The default. */
      readonly as: "config";
      /** Labels by which Alertmanager selects it (`spec.alertmanagerConfigSelector`). Default none. */
      readonly selectorLabels?: Labels;
      /**
       * The Alertmanager's `alertmanagerConfigMatcherStrategy`. By default it gives the routes only alerts that carry the
       * object's namespace, so firebreak's get that label. Write `None` where the Alertmanager has `None`.
       */
      readonly matching?: "OnNamespace" | "None";
    }
  | {
      /** The whole configuration: the Secret that the Alertmanager reads. */
      readonly as: "secret";
      /** The Secret's name: `alertmanager-<name of the Alertmanager>`, or its `spec.configSecret`. */
      readonly name: string;
    }
  | {
      /** Nothing: the routes are brought by other means. */
      readonly as: "none";
    };

/** How Grafana gets the dashboards. */
export type DashboardObjects =
  | {
      /** ConfigMaps for the dashboard sidecar of Grafana's Helm charts. The default. */
      readonly as: "configMaps";
      /** Labels that the sidecar looks for. Default `grafana_dashboard: "1"`. */
      readonly labels?: Labels;
      /** Folder in Grafana, as the annotation `grafana_folder`. Default: its own. */
      readonly folder?: string;
    }
  | {
      /** GrafanaDashboard objects for grafana-operator. */
      readonly as: "grafanaDashboards";
      /** Labels of the Grafana objects that show them. */
      readonly instanceSelector: Labels;
      /** Folder in Grafana. Default: its own. */
      readonly folder?: string;
    }
  | {
      /** Nothing: the dashboards are brought by other means. */
      readonly as: "none";
    };
