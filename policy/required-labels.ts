/** Labels: a PrometheusRule without those that Prometheus selects by is never loaded, and nothing says so. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { RULE } from "./resource.ts";

const LABELS = ["app.kubernetes.io/part-of"];

export const requiredLabels: ResourceValidationPolicy = {
  name: "required-labels",
  description: "Every PrometheusRule has the labels by which Prometheus selects it; name yours in the configuration.",
  configSchema: { properties: { labels: { type: "array", items: { type: "string" }, default: LABELS } } },
  validateResource: ({ type, props, getConfig }, report) => {
    if (type !== RULE) return;
    const { labels = LABELS } = getConfig<{ readonly labels?: readonly string[] }>();
    const found = (props.metadata?.labels ?? {}) as Readonly<Record<string, string>>;
    for (const label of labels.filter((name) => !found[name])) report(`It has no label ${label}.`);
  },
};
