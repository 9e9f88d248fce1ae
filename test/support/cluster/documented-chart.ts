/** What docs/kube-prometheus-stack.md tells its reader to write, read from the page. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { Duration, PlatformDeclaration } from "../../../src/declare/declaration.ts";
import type { SloStackTarget } from "../../../src/pulumi/index.ts";
import type { ChartValues } from "./chart.ts";

const page = readFileSync(join(import.meta.dirname, "../../../docs/kube-prometheus-stack.md"), "utf8");

/** `values.yaml` of a chapter. */
export function documentedValues(chapter: string): ChartValues {
  return documented(chapter, "values.yaml");
}

/** The target in `Pulumi.prod.yaml` of a chapter. */
export function documentedTarget(chapter: string): SloStackTarget {
  const { config } = documented<{ config: Record<string, SloStackTarget> }>(chapter, "Pulumi.prod.yaml");
  return config["firebreak:target"] as SloStackTarget;
}

function documented<T>(chapter: string, file: string): T {
  const text = page.split(/^##+ /m).find((part) => part.startsWith(chapter)) ?? "";
  const block = text.split("```yaml\n").find((part) => part.startsWith(`# ${file}\n`));
  if (block === undefined) throw new Error(`${chapter} has no ${file}`);
  return parse(block.split("```")[0] ?? "") as T;
}

/** What the platform says of Prometheus. */
export function documentedRetention(): Duration {
  return /retention: "(\w+)"/.exec(page)?.[1] as Duration;
}

/** `amtool alert add …`, as the page has it, without the address. */
export function documentedAlert(): string[] {
  const [, command = ""] = /alert add ([\s\S]*?)```/.exec(page) ?? [];
  return [...command.replaceAll("\\\n", " ").matchAll(/(?:"[^"]*"|\S)+/g)].map(([word]) => word.replaceAll('"', ""));
}

/** `secretsDirectory`, as the page has it. */
export function documentedDirectory(): PlatformDeclaration {
  const [, secretsDirectory = ""] = /secretsDirectory: "([^"]+)"/.exec(page) ?? [];
  return { secretsDirectory };
}
