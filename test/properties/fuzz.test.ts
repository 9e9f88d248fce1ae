/** Whatever is declared in order compiles to files that the real engine accepts, and to proofs that hold. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/model/declaration.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { platform, serviceOf } from "./declarations.ts";

const templates = readTemplates();
const TARGETS = ["prometheus", "proofs"];

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-fuzz-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  return dir;
}

/** Writes what a declaration becomes; nothing where it is refused. */
function write(dir: string, service: ServiceDeclaration, environment: PlatformDeclaration): string[] {
  const { artifacts } = build({ services: [service], platform: environment, templates, targets: TARGETS });
  return artifacts.map((artifact) => {
    const path = join(service.name, artifact.path);
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), render(artifact));
    return path;
  });
}

/** Services of different names, each with a platform. */
function samples(count: number, seed: number): [ServiceDeclaration, PlatformDeclaration][] {
  return fc
    .sample(fc.tuple(serviceOf("svc"), platform), { numRuns: count, seed })
    .map(([service, environment], index) => [renamed(service, `svc-${index}`), environment]);
}

/** Composites name their components by service. */
function renamed(service: ServiceDeclaration, name: string): ServiceDeclaration {
  const slos = (service.slos ?? []).map((slo) =>
    slo.sli.kind === "composite"
      ? { ...slo, sli: JSON.parse(JSON.stringify(slo.sli).replaceAll('"svc/', `"${name}/`)) }
      : slo,
  );
  return { ...service, name, slos };
}

describeWithEngine("promtool", "random declarations on the real engine", () => {
  test("compile to rules that promtool accepts", async () => {
    const dir = folder();
    const rules = samples(40, 11)
      .flatMap(([service, environment]) => write(dir, service, environment))
      .filter((path) => path.endsWith(".rules.yaml"));
    expect(rules.length).toBeGreaterThan(25);
    const { status, stdout, stderr } = await runPromtool(["check", "rules", "--lint=all", "--lint-fatal", ...rules], {
      cwd: dir,
    });
    expect(`${stdout}${stderr}`).not.toContain("FAILED");
    expect(status).toBe(0);
  });

  test("compile to proofs that hold", async () => {
    const dir = folder();
    // Short windows only: a month of samples takes minutes to play.
    const short = samples(60, 12).map(([service, environment]): [ServiceDeclaration, PlatformDeclaration] => [
      { ...service, slos: (service.slos ?? []).slice(0, 1).map((slo) => ({ ...slo, window: "6h" })) },
      environment,
    ]);
    const tests = short
      .flatMap(([service, environment]) => write(dir, service, environment))
      .filter((path) => path.endsWith(".tests.yaml"))
      .slice(0, 12);
    expect(tests.length).toBe(12);
    const { status, stdout, stderr } = await runPromtool(["test", "rules", ...tests], { cwd: dir });
    expect(`${stdout}${stderr}`).not.toContain("FAILED");
    expect(status).toBe(0);
  });
});
