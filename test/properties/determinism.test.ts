/** The same declarations give the same bytes, in whatever order they were written. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { eur, spend } from "../../src/declare/construct.ts";
import type {
  PlatformDeclaration,
  PriceTable,
  ServiceDeclaration,
  SloDeclaration,
} from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { printIssue } from "../../src/issue.ts";
import type { World } from "./arbitrary/service.ts";
import { soundWorldOf } from "./repair.ts";

const templates = readTemplates();

/** Every file with its bytes, and every issue as it is printed. */
function outputOf(services: readonly ServiceDeclaration[], environment: PlatformDeclaration): string {
  const { artifacts, issues } = build({ services, platform: environment, templates });
  return JSON.stringify([artifacts.map((artifact) => [artifact.path, render(artifact)]), issues.map(printIssue)]);
}

const declared = soundWorldOf("b", "a", "c");

/** What the laws compare with. All are given the same declarations, since all properties have one seed. */
const known = new Map<string, string>();

function asWritten({ services, platform }: World): string {
  const key = JSON.stringify([services, platform]);
  const output = known.get(key) ?? outputOf(services, platform);
  known.set(key, output);
  return output;
}

function always(law: (given: World) => void): void {
  fc.assert(fc.property(declared, law), { numRuns: 6 });
}

test("a second run gives the same bytes", () => {
  always((world) => {
    const { services, platform } = structuredClone(world) as World;
    expect(outputOf(services, platform) === asWritten(world)).toBe(true);
  });
});

test("the order of services means nothing", () => {
  always((world) => {
    expect(outputOf([...world.services].reverse(), world.platform) === asWritten(world)).toBe(true);
  });
});

test("the order of fields means nothing", () => {
  always((world) => {
    const { services, platform } = backwards(world) as World;
    expect(outputOf(services, platform) === asWritten(world)).toBe(true);
  });
});

test("the order in which counters and prices of tokens were written means nothing", () => {
  const counters = { input: "prompt_tokens_total", output: "generation_tokens_total" };
  const models = { large: { input: eur(10), output: eur(30) }, small: { input: eur(0.5), output: eur(1.5) } };
  const prices: PriceTable = { tokens: counters, model: "model", per: "1M", models };
  const outputWith = (given: PriceTable) => {
    const budgets = [spend({ name: "cost", prices: given, per: "day", limit: eur(200) })];
    return outputOf([{ name: "a", owner: "team", budgets }], { runbooks: "https://runbooks.example.com" });
  };
  expect(outputWith(prices)).toContain("prompt_tokens_total");
  expect(outputWith(backwards(prices) as PriceTable)).toBe(outputWith(prices));
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

test("one more SLO changes nothing in the groups of the others", () => {
  fc.assert(
    fc.property(
      soundWorldOf("svc").filter(({ services }) => (services[0]?.slos ?? []).length > 1),
      ({ services, platform }) => {
        const service = services[0] as ServiceDeclaration;
        const others = (service.slos ?? []).slice(0, -1);
        const whole = groupsOf(service, platform);
        const own = groupsOf({ ...service, slos: others }, platform).filter(({ name }) => isOfAny(name, others));
        expect(own.length).toBeGreaterThanOrEqual(others.length);
        for (const group of own) expect(whole).toContainEqual(group);
      },
    ),
    { numRuns: 10 },
  );
});

interface Group {
  readonly name: string;
}

function groupsOf(service: ServiceDeclaration, environment: PlatformDeclaration): readonly Group[] {
  const { artifacts } = build({ services: [service], platform: environment, templates, targets: ["prometheus"] });
  return artifacts.flatMap(({ value }) => (value as { groups: readonly Group[] }).groups);
}

/** What is true of a service stands in groups of its own. */
function isOfAny(group: string, slos: readonly SloDeclaration[]): boolean {
  return slos.some(({ name }) => group === `svc/${name}` || group.startsWith(`svc/${name}:`));
}

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
