/** What no cluster would take: an object that is too large although it was split where that is possible. */
import { type Issue, issue } from "../../issue.ts";
import type { Emitted } from "../artifact.ts";
import type { Manifest } from "./manifest.ts";
import { bytesInObject } from "./split-by-size.ts";

/** The operator's limit for a PrometheusRule, and Kubernetes' for a ConfigMap or Secret. */
const LIMITS: Readonly<Record<string, number>> = { PrometheusRule: 512 * 1024, ConfigMap: 1024 * 1024 };
const LIMIT = 1024 * 1024;

/** One issue for each object that is too large. */
export function tooLarge(artifacts: readonly Emitted[]): Issue[] {
  const files = artifacts.filter(({ kind }) => kind === "object");
  return files.flatMap((file) => {
    const manifest = file.value as Manifest;
    const limit = LIMITS[manifest.kind] ?? LIMIT;
    const bytes = bytesInObject(manifest.spec ?? manifest.data ?? manifest.stringData ?? {});
    return bytes <= limit ? [] : [oversized(file.path, manifest, bytes, limit)];
  });
}

function oversized(path: string, { kind, metadata }: Manifest, bytes: number, limit: number): Issue {
  return issue(
    "object-too-large",
    [path],
    `the ${kind} ${metadata.name} has ${kibibytes(bytes)} KiB, and Kubernetes takes ${kibibytes(limit)}.`,
    "Deploy AlertmanagerConfigs, which are split by themselves, or give fewer teams receivers of their own.",
  );
}

function kibibytes(bytes: number): number {
  return Math.ceil(bytes / 1024);
}
