/** One cause is one issue, with how many it concerns. */
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { availability, platform, service } from "../parse/valid.ts";

function found(count: number, environment: object) {
  const slos = Array.from({ length: count }, (_, index) => ({ ...availability, name: `slo-${index}` }));
  const { issues } = build({ services: [{ ...service, slos }], platform: environment, templates: {}, targets: [] });
  return issues.filter(({ code }) => code === "window-beyond-retention");
}

const short = { ...platform, retention: "15d" };

test("windows that outlast one retention are one issue at it", () => {
  const [only, ...others] = found(12, short);
  expect(others).toEqual([]);
  expect(only).toMatchObject({ level: "error", path: ["platform", "retention"] });
  expect(only?.message).toMatch(/30d.* 15d, 12 times: at gateway\.slos\[0\]\.window, .* and 9 more\.$/);
});

test("a few stand for themselves", () => expect(found(3, short).map(({ path }) => path[2])).toEqual([0, 1, 2]));

test("nothing is said where samples are kept", () => expect(found(12, platform)).toEqual([]));
