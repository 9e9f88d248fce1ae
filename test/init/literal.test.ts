/** Data as TypeScript: read back it is the same, and it is short enough to read. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { literal } from "../../src/init/literal.ts";

/** What a program would read. */
function read(text: string): unknown {
  return new Function(`return (${text});`)();
}

test("whatever is written is read back as it was", () => {
  const keys = fc.string().filter((key) => key !== "__proto__");
  const values = fc.letrec((tie) => ({
    any: fc.oneof(
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      tie("list"),
      tie("record"),
    ),
    list: fc.array(tie("any"), { maxLength: 4 }),
    record: fc.dictionary(keys, tie("any"), { maxKeys: 4, noNullPrototype: true }),
  })).any;
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
  fc.assert(
    fc.property(values, (value) => {
      expect(plain(read(literal(value)))).toEqual(plain(value));
    }),
  );
});

test("a selector keeps its quotes", () => {
  expect(literal({ total: 'x{job="a"}' })).toBe(`{ total: 'x{job="a"}' }`);
});

test("what is too long for a line is written on several", () => {
  const long = literal({ buckets: { "time-to-first-token": Array.from({ length: 40 }, (_, index) => index) } });
  expect(long).toMatch(/^\{\n {2}buckets: \{\n {4}"time-to-first-token": \[\n {6}0,\n/);
});
