/** The Secret that holds what receivers name. */
import * as pulumi from "@pulumi/pulumi";
import { secretName } from "../../emit/kubernetes/alertmanager.ts";
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { kindOfValue } from "../../parse/read/conceal.ts";
import type { SloStackArgs } from "../args.ts";

/** Its manifest, with every value secret. */
export function secretOf(secrets: NonNullable<SloStackArgs["secrets"]>, target: KubernetesTarget) {
  const values = Object.entries(secrets).map(([key, value]) => [
    key,
    pulumi.secret(value).apply((text) => secretData(key, text)),
  ]);
  const labels = { "app.kubernetes.io/part-of": "firebreak" };
  return {
    metadata: { name: secretName(target), namespace: target.namespace, labels },
    type: "Opaque",
    data: Object.fromEntries(values) as Readonly<Record<string, pulumi.Output<string>>>,
  };
}

/**
 * What an Output held, as a Secret has it: only now it is known.
 *
 * @throws {RunError} that does not show the value, where it is not text.
 */
export function secretData(name: string, value: unknown): string {
  if (typeof value === "string") return base64(value);
  throw new pulumi.RunError(`wrong-type secrets.${name}: ${kindOfValue(value)} is not text.`);
}

export function base64(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}
