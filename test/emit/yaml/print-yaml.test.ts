import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { printYaml } from "../../../src/emit/yaml/print-yaml.ts";

/** Texts that mean something else to some reader, beside any others. */
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom(..."a:#-?{}[],&*!|>'\"%@` \n\t~.0123456789ex_+\\") }),
  fc.constantFrom(
    "y",
    "No",
    "null",
    "~",
    "1:30",
    "0o17",
    "0x1f",
    "1e3",
    "e5",
    ".inf",
    "2026-11-29",
    "2026-11-29 12:00:00",
    "<<",
    "---",
  ),
  fc.constantFrom(
    "...",
    "a\n",
    "a\n\n",
    "a\n\n  b",
    "\n a",
    " a\nb",
    "a\n\tb",
    "\u2028",
    "\ufeff",
    "\u0085",
    "a: b",
    "a #b",
    "-",
    "?",
    "",
  ),
);
const scalars = fc.oneof(texts, texts, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null));
const keys = texts.filter((text) => text !== "__proto__" && text !== "<<");
const values = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: "small" }, scalars, tie("list"), tie("map")),
  list: fc.array(tie("value"), { maxLength: 4 }),
  map: fc.dictionary(fc.oneof(fc.constantFrom("labels", "tests"), keys), tie("value"), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
}));
const styles = fc.record({
  inline: fc.subarray(["labels", "tests"]),
  apart: fc.subarray(["labels", "tests"]),
  width: fc.constantFrom(1, 24, 60, Number.POSITIVE_INFINITY),
  comments: fc.array(fc.record({ at: fc.array(fc.oneof(fc.constantFrom("labels", "tests"), fc.nat(2))), text: texts })),
});

describe("YAML", () => {
  test.each(["1.1", "1.2"] as const)(
    "reads back as what was printed, however it is laid out, in YAML %s",
    (version) => {
      fc.assert(
        fc.property(fc.oneof(values.map, values.list), styles, (value, style) => {
          expect(parse(printYaml(value, style), { version, merge: false })).toEqual(readable(value));
        }),
        { numRuns: 2000 },
      );
    },
  );

  test("long keys are marked as such, since readers look only so far for one", () => {
    const value = { ["k".repeat(1025)]: { a: 1 } };
    expect(parse(printYaml(value))).toEqual(value);
  });

  test("what is undefined is left out", () => {
    expect(printYaml({ a: undefined, b: [{ c: undefined }] })).toBe("b:\n  - {}\n");
  });

  test("a map stands on one line where that is asked for and it fits, and the maps of a list whatever their length", () => {
    const long = "x".repeat(150);
    const value = { labels: { a: "b" }, tests: [{ a: long }], wide: { labels: { a: long } } };
    const text = `labels: { a: b }\ntests:\n  - { a: ${long} }\nwide:\n  labels:\n    a: ${long}\n`;
    expect(printYaml(value, { inline: ["labels", "tests"] })).toBe(text);
  });

  test("a map of a list that is too wide begins a line for each map within it, and breaks texts between words", () => {
    const value = {
      tests: [
        {
          at: "5m",
          found: [
            { labels: '{a="1", b="2"}', value: 1 },
            { labels: "x y z", value: 2 },
          ],
        },
      ],
    };
    const lines = [
      "tests:",
      "  - { at: 5m, found: [",
      `      { labels: '{a="1", b="2"}',`,
      "      value: 1 },",
      "      { labels: x y z, value: 2 } ] }",
    ];
    expect(printYaml(value, { inline: ["tests"], width: 37 })).toBe(`${lines.join("\n")}\n`);
  });

  test("a text that is too wide is broken between words", () => {
    expect(printYaml({ name: "one: two three" }, { width: 12 })).toBe('name: "one: two\n  three"\n');
    expect(printYaml({ name: "one  two" }, { width: 4 })).toBe("name: one  two\n");
  });

  test("comments stand above items, behind an empty line where something is before them", () => {
    const comments = [
      { at: ["a", 0], text: "first" },
      { at: ["a", 1, "b", 1], text: "second\n\nand more" },
    ];
    const text = "a:\n  # first\n  - 1\n  - b:\n      - 2\n\n      # second\n      #\n      # and more\n      - 3\n";
    expect(printYaml({ a: [1, { b: [2, 3] }] }, { comments })).toBe(text);
  });
});

/** Half of a surrogate pair is no character. */
function readable(value: unknown): unknown {
  if (typeof value === "string") return value.toWellFormed();
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), readable(item)]));
}
