/** Labels that an SLO may not have, and those that its templates name in vain. */
import type { TemplateText } from "../../declare/declaration.ts";
import { nearest } from "../read/nearest.ts";
import type { Problem } from "../read/read.ts";
import type { ServiceFields } from "../service/service-schema.ts";
import { templateLabels } from "../text/template.ts";
import type { SloFields } from "./slo-schema.ts";

/** A fixed label with the name of a group's label makes two burning groups one alert, and the rule fails. */
export function shadowedLabels(
  fields: SloFields,
  service: Partial<ServiceFields>,
  groupLabels: readonly string[],
): Problem[] {
  return labelSets(fields, service).flatMap(({ path, names }) =>
    names
      .filter((name) => groupLabels.includes(name))
      .map((name) => ({
        code: "reserved-label" as const,
        path: [...path, name],
        message: `\`${name}\` is one of the labels that tell this SLO's groups apart.`,
        hint: "Choose another name for the fixed label.",
      })),
  );
}

function labelSets({ labels, alerting }: SloFields, service: Partial<ServiceFields>) {
  const own = Object.keys(labels);
  const inherited = Object.keys(service.labels ?? {}).filter((name) => !own.includes(name));
  const overrides = Object.entries(alerting.overrides ?? {});
  return [
    { path: ["labels"], names: [...own, ...inherited] },
    { path: ["alerting", "labels"], names: Object.keys(alerting.labels ?? {}) },
    ...overrides.map(([tier, change]) => ({
      path: ["alerting", "overrides", tier, "labels"],
      names: Object.keys(change.labels ?? {}),
    })),
  ];
}

/** `$labels` holds what the alert's expression gives, and not the labels that the rule adds. */
export function strayTemplateLabels(
  fields: SloFields,
  service: Partial<ServiceFields>,
  groupLabels: readonly string[],
): Problem[] {
  const carried = [...groupLabels, "slo_service", "slo"];
  return annotationSets(fields, service).flatMap(({ path, texts }) =>
    Object.entries(texts ?? {}).flatMap(([name, text]) =>
      strayLabels(text, carried).map((label) => ({
        code: "bad-template" as const,
        path: [...path, name],
        message: `\`$labels.${label}\` is always empty: the alert's expression does not carry it.`,
        hint: strayHint(label, carried),
      })),
    ),
  );
}

function annotationSets({ annotations, alerting }: SloFields, service: Partial<ServiceFields>) {
  const overrides = Object.entries(alerting.overrides ?? {});
  return [
    { path: ["annotations"], texts: { ...service.annotations, ...annotations } },
    { path: ["alerting", "annotations"], texts: alerting.annotations },
    ...overrides.map(([tier, change]) => ({
      path: ["alerting", "overrides", tier, "annotations"],
      texts: change.annotations,
    })),
  ];
}

function strayLabels(text: unknown, carried: readonly string[]): string[] {
  return isTemplate(text) ? templateLabels(text.template).filter((label) => !carried.includes(label)) : [];
}

function isTemplate(text: unknown): text is TemplateText {
  return typeof text === "object";
}

function strayHint(label: string, carried: readonly string[]): string {
  const meant = nearest(label, carried);
  return meant === undefined
    ? `Add it to groupBy, or use one of ${carried.join(", ")}.`
    : `Write \`$labels.${meant}\`.`;
}
