/** The same declarations give the same bytes, in whatever order they were written. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { printIssue } from "../../src/issue.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/model/declaration.ts";
import { platform, serviceOf } from "./declarations.ts";

const templates = readTemplates();

/** Every file with its bytes, and every issue as it is printed. */
function outputOf(services: readonly ServiceDeclaration[], environment: PlatformDeclaration): string {
  const { artifacts, issues } = build({ services, platform: environment, templates });
  return JSON.stringify([artifacts.map((artifact) => [artifact.path, render(artifact)]), issues.map(printIssue)]);
}

const declared = fc.record({ services: fc.tuple(serviceOf("b"), serviceOf("a"), serviceOf("c")), platform });

function always(
  law: (given: { services: readonly ServiceDeclaration[]; platform: PlatformDeclaration }) => void,
): void {
  fc.assert(fc.property(declared, law), { numRuns: 5 });
}

test("a second run gives the same bytes", () => {
  always(
    ({ services, platform: environment }) =>
      void expect(
        outputOf(services, environment) ===
          outputOf(structuredClone(services) as readonly ServiceDeclaration[], structuredClone(environment)),
      ).toBe(true),
  );
});

test("the order of services means nothing", () => {
  always(
    ({ services, platform: environment }) =>
      void expect(outputOf([...services].reverse(), environment) === outputOf(services, environment)).toBe(true),
  );
});

test("the order of fields means nothing", () => {
  always(({ services, platform: environment }) => {
    expect(
      outputOf(backwards(services) as readonly ServiceDeclaration[], backwards(environment) as PlatformDeclaration),
    ).toBe(outputOf(services, environment));
  });
});

test("the order of SLOs means nothing to the files", () => {
  const files = (services: readonly ServiceDeclaration[], environment: PlatformDeclaration) =>
    build({ services, platform: environment, templates }).artifacts.map((artifact) => [
      artifact.path,
      render(artifact),
    ]);
  always(({ services, platform: environment }) => {
    const shuffled = services.map((service) => ({ ...service, slos: [...(service.slos ?? [])].reverse() }));
    expect(files(shuffled, environment)).toEqual(files(services, environment));
  });
});

test("one more SLO changes no line of the others' rules", () => {
  fc.assert(
    fc.property(
      serviceOf("svc").filter(({ slos = [] }) => slos.length > 1),
      (service) => {
        const rules = (one: ServiceDeclaration) =>
          build({ services: [one], templates, targets: ["prometheus"] })
            .artifacts.map(render)
            .join("");
        const fewer = rules({ ...service, slos: (service.slos ?? []).slice(0, -1) });
        const whole = new Set(rules(service).split("\n"));
        expect(fewer.split("\n").filter((line) => !whole.has(line))).toEqual([]);
      },
    ),
    { numRuns: 10 },
  );
});

/** The same value with the keys of every object the other way round. */
function backwards(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(backwards);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, field]) => [key, backwards(field)]),
  );
}
