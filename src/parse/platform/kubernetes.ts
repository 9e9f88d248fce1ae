/** How everything reaches a cluster: what may be said of it, and its defaults. */
import { z } from "zod";
import type { KubernetesDeclaration } from "../../declare/kubernetes.ts";
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { fault } from "../../sli/fault.ts";

const nameSchema = z.string().refine((text) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text), {
  error: "Kubernetes does not accept this name",
  params: fault("bad-id", "Use lower-case letters, digits and dashes, at most 63 in all, with no dash at either end."),
});

const objectNameSchema = z.string().refine((text) => /^[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?$/.test(text), {
  error: "Kubernetes does not accept this name",
  params: fault("bad-id", "Use lower-case letters, digits, dots and dashes, at most 253."),
});

const labelsSchema = z.record(
  z.string().refine((key) => /^([a-z0-9.-]{1,253}\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(key), {
    error: "Kubernetes does not accept this label",
    params: fault("bad-label", "Write the label as the selector has it, such as `release`."),
  }),
  z.string().refine((value) => /^([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?$/.test(value), {
    error: "Kubernetes does not accept this label value",
    params: fault("bad-label", "Use letters, digits, dots, dashes and underscores, at most 63."),
  }),
);

const SELECTOR_HINT =
  'Give the labels of the Prometheus object\'s spec.ruleSelector: selectorLabels: { release: "<Helm release>" } for ' +
  "kube-prometheus-stack, or {} where it selects every rule. Rules without them are never loaded.";

const alertmanagerSchema = z
  .strictObject({
    as: z.enum(["config", "secret", "configMap", "none"]),
    name: objectNameSchema.optional(),
    selectorLabels: labelsSchema.optional(),
    matching: z.enum(["OnNamespace", "None"]).optional(),
  })
  .refine(({ as, name }) => as !== "secret" || name !== undefined, {
    path: ["name"],
    error: "`name` is missing",
    params: fault(
      "missing-field",
      "Name the Secret that the Alertmanager reads: alertmanager-<name of the Alertmanager>, or its spec.configSecret.",
    ),
  });

const dashboardsSchema = z
  .strictObject({
    as: z.enum(["configMaps", "grafanaDashboards", "none"]),
    labels: labelsSchema.optional(),
    instanceSelector: labelsSchema.optional(),
    folder: z.string().min(1, { error: "the folder's name is empty" }).optional(),
  })
  .refine(({ as, instanceSelector }) => as !== "grafanaDashboards" || instanceSelector !== undefined, {
    path: ["instanceSelector"],
    error: "`instanceSelector` is missing",
    params: fault("missing-field", "Give labels of the Grafana objects that show the dashboards."),
  });

const targetSchema = z
  .strictObject({
    kind: z.enum(["operator", "configMaps"]),
    namespace: nameSchema,
    createNamespace: z.boolean().default(false),
    prefix: nameSchema.default("firebreak"),
    selectorLabels: labelsSchema.optional(),
    alertmanager: alertmanagerSchema.optional(),
    dashboards: dashboardsSchema.optional(),
  })
  .refine(({ kind, selectorLabels }) => kind !== "operator" || selectorLabels !== undefined, {
    path: ["selectorLabels"],
    error: "`selectorLabels` is missing",
    params: fault("missing-field", SELECTOR_HINT),
    // Also where something else is wrong: a target without them is never meant.
    when: ({ value }) => typeof value === "object" && value !== null,
  })
  .refine(({ kind, selectorLabels }) => kind === "operator" || selectorLabels === undefined, {
    path: ["selectorLabels"],
    error: "ConfigMaps are mounted, not selected",
    params: fault("bad-value", "Leave `selectorLabels` out."),
  })
  .refine(({ kind, alertmanager }) => alertmanager === undefined || delivers[kind].includes(alertmanager.as), {
    path: ["alertmanager", "as"],
    error: "this kind of target has no such object",
    params: fault("bad-value", "`operator` takes config, secret or none; `configMaps` takes configMap or none."),
  });

const delivers: Readonly<Record<KubernetesTarget["kind"], readonly string[]>> = {
  operator: ["config", "secret", "none"],
  configMaps: ["configMap", "none"],
};

/** A target as it is declared. The declaration's types say which fields go together; here it is said by refinements. */
export const kubernetesSchema = targetSchema.transform(toTarget) as unknown as z.ZodType<
  KubernetesTarget,
  KubernetesDeclaration
>;

function toTarget(fields: z.output<typeof targetSchema>): KubernetesTarget {
  const { alertmanager, dashboards } = fields;
  return {
    ...fields,
    selectorLabels: fields.selectorLabels ?? {},
    alertmanager: {
      as: alertmanager?.as ?? (fields.kind === "operator" ? "config" : "configMap"),
      name: alertmanager?.name ?? `${fields.prefix}.alertmanager`,
      selectorLabels: alertmanager?.selectorLabels ?? {},
      matching: alertmanager?.matching ?? "OnNamespace",
    },
    dashboards: {
      as: dashboards?.as ?? "configMaps",
      labels: dashboards?.labels ?? { grafana_dashboard: "1" },
      instanceSelector: dashboards?.instanceSelector ?? {},
      folder: dashboards?.folder,
    },
  };
}
