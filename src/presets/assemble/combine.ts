/** Several presets in one service. */
import { marksOf } from "../../parse/read/preset-origin.ts";
import type { ServiceParts } from "./options.ts";

/**
 * Joins what presets give with declarations of your own: `...combine(vllm(), aiQuality(), { slos: [own] })`.
 * Spread twice into one service, the second would replace the first.
 *
 * @example combine(vllm(), aiQuality())
 */
export function combine(...parts: readonly Partial<ServiceParts>[]): ServiceParts {
  return {
    ...marksOf(parts),
    slos: parts.flatMap((part) => part?.slos ?? []),
    budgets: parts.flatMap((part) => part?.budgets ?? []),
  };
}
