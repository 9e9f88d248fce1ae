/** The registry of presets: a new one is a file in this folder and a line here. */
import { aiServicePreset } from "./ai-service.ts";
import type { Preset } from "./preset.ts";
import { vllmPreset } from "./vllm.ts";

export const presets = { aiService: aiServicePreset, vllm: vllmPreset } as const;

/** Every preset, typed for any of them. */
export function allPresets(): readonly Preset[] {
  return Object.values(presets) as readonly Preset<never>[];
}
