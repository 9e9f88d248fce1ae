/** Sizes: what is larger is stored, and never loaded, or not stored at all. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { CONFIG_MAP, RULE } from "./resource.ts";

const KIBIBYTE = 1024;

export const objectsFit: ResourceValidationPolicy = {
  name: "object-size",
  description: "A PrometheusRule has at most 512 KiB, a ConfigMap at most 1 MiB.",
  validateResource: ({ type, props }, report) => {
    const limit = { [RULE]: 512 * KIBIBYTE, [CONFIG_MAP]: 1024 * KIBIBYTE }[type];
    const bytes = Buffer.byteLength(JSON.stringify(props.spec ?? props.data ?? {}));
    if (limit !== undefined && bytes > limit) report(`It has ${bytes} bytes, and ${limit} is the most.`);
  },
};
