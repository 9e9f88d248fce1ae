/** Laws: parsing is total, pure and forgets no mistake. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { parse } from "../../src/parse/parse.ts";
import { availability, platform, service, slow } from "./valid.ts";

const anything = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

test("anything at all is parsed, and what is no list of services is an error", () => {
  fc.assert(
    fc.property(anything, anything, (services, environment) => {
      const { issues } = parse({ services, platform: environment });
      expect(issues.some(({ level }) => level === "error") || (Array.isArray(services) && services.length === 0)).toBe(
        true,
      );
    }),
    { numRuns: 300 },
  );
});

const whole = [
  {
    ...service,
    budgets: [{ kind: "spend", name: "daily", metric: "a_total", per: "day", limit: { amount: 1, unit: "dollars" } }],
  },
];
/** Every place in the declaration, as a path. */
const places = pathsIn(whole);

test("a declaration with anything in any place is parsed", () => {
  fc.assert(
    fc.property(fc.constantFrom(...places), anything, (place, value) => {
      expect(() => parse({ services: replaceAt(whole, place, value), platform })).not.toThrow();
    }),
    { numRuns: 600 },
  );
});

test("a value of a wrong type is an issue at its place or above", () => {
  const required = pathsIn([service]).filter(
    (path) => typeof valueAt([service], path) !== "object" || path.at(-1) === "sli",
  );
  fc.assert(
    fc.property(
      fc.constantFrom(...required),
      fc.constantFrom(true, () => 1, Symbol("x"), new Map(), [[]]),
      (place, value) => {
        expect(
          parse({ services: replaceAt([service], place, value), platform }).issues.some(
            (fact) => fact.level === "error",
          ),
        ).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

test("issues do not depend on the order of fields", () => {
  const broken = {
    ...service,
    slos: [
      { ...availability, objective: 100, window: "1y", nonsense: 1 },
      { ...slow, groupBy: ["slo"] },
    ],
  };
  const known = parse({ services: [broken], platform }).issues;
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(broken), { minLength: Object.keys(broken).length }), (fields) => {
      expect(
        parse({ services: [Object.fromEntries(fields)], platform }).issues.map(({ code, path }) => [code, path]),
      ).toEqual(known.map(({ code, path }) => [code, path]));
    }),
    { numRuns: 30 },
  );
});

test("what cannot be read is reported where it stands", () => {
  const circular: Record<string, unknown> = { ...availability };
  circular.sli = circular;
  const throwing = Object.defineProperty({ ...slow }, "objective", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  const revoked = Proxy.revocable({}, {});
  revoked.revoke();
  const services = [{ ...service, slos: [circular, throwing, revoked.proxy, deep(100)] }];
  const found = parse({ services, platform }).issues.map(
    ({ path, message }) => `${path.slice(1).join(".")}: ${message}`,
  );
  expect(found).toEqual(
    expect.arrayContaining([
      "slos.0.sli: a value that contains itself is not an object.",
      "slos.1.objective: a value that cannot be read is not a number.",
      "slos.2: a value that cannot be read is not an object.",
      "slos.3.a: there is no key `a` here.",
    ]),
  );
});

test("a Pulumi Output or a Date is named as such", () => {
  class OutputImpl {}
  const messages = [new OutputImpl(), new Date(0)].map(
    (name) => parse({ services: [{ ...service, name }], platform }).issues[0]?.message,
  );
  expect(messages).toEqual(["a OutputImpl is not text.", "a Date is not text."]);
});

type Path = readonly (string | number)[];

function pathsIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([key, field]) =>
      pathsIn(field, [...path, Array.isArray(value) ? Number(key) : key]),
    ),
  ];
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce((place, key) => (place as Record<string | number, unknown>)[key], value);
}

function replaceAt(value: unknown, [key, ...deeper]: Path, replacement: unknown): unknown {
  if (key === undefined) return replacement;
  if (Array.isArray(value))
    return value.map((item, index) => (index === key ? replaceAt(item, deeper, replacement) : item));
  return {
    ...(value as object),
    [key]: replaceAt((value as Record<string, unknown>)[String(key)], deeper, replacement),
  };
}

function deep(levels: number): object {
  return levels === 0 ? {} : { a: deep(levels - 1) };
}
