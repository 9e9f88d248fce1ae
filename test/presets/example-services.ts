/** A service for each example of each preset, as a user would declare it. */
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { assemble } from "../../src/presets/assemble/assemble.ts";
import type { Blueprint, Preset, PresetExample } from "../../src/presets/assemble/preset.ts";
import { readOptions } from "../../src/presets/assemble/read-options.ts";
import { presets } from "../../src/presets/index.ts";

export interface ExampleService {
  readonly title: string;
  readonly preset: { readonly name: string; readonly blueprints: readonly Blueprint[] };
  readonly service: ServiceDeclaration;
  readonly sample: string;
  readonly nhcb: boolean;
  readonly job: string;
}

export function exampleServices(): ExampleService[] {
  return presets.flatMap((preset) => preset.examples.map((example, index) => toService(preset, example, index)));
}

/** An ordinary environment. */
export const presetPlatform: PlatformDeclaration = {
  retention: "60d",
  runbooks: "https://runbooks.example.com",
  receivers: { default: { page: { pagerduty: { secret: "pager" } }, ticket: { slack: { secret: "chat" } } } },
  buckets: { ai_inference_latency_seconds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30] },
};

function toService(preset: Preset, { options, sample, nhcb }: PresetExample, index: number): ExampleService {
  const name = `${kebab(preset.name)}-${index + 1}`;
  const given = { job: name, ...options };
  const job = String(given.job);
  return {
    title: `${preset.name}(${JSON.stringify(options)})`,
    preset: { name: preset.name, blueprints: readOptions(preset, given).blueprints },
    service: { name, owner: "ml-platform", ...assemble(preset, given, toService) },
    sample,
    nhcb: nhcb === true,
    job,
  };
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
