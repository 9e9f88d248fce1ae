/** A diff as text on a terminal. */
import { expect, test } from "vitest";
import { printDiff } from "../../../src/cli/print/print-diff.ts";
import { shopBecomes, sloBecomes } from "../../diff/planned.ts";

const plain = (_style: string, text: string): string => text;

test("begins with the sentence, then tells what breaks, and what changes with both values side by side", () => {
  const [sentence, breaks, change] = printDiff(sloBecomes({ objective: 99.5 }), "main", plain).split("\n\n");
  expect(sentence).toBe("`shop/availability` is loosened from 99.9% to 99.5%.");
  expect(breaks).toMatch(/^What breaks\n {2}loosened {2}`shop\/availability` is loosened/);
  expect(change).toMatch(/^shop\/availability {2}\d+ of \d+ rules differ\n/);
  expect(change).toMatch(/\n {2}objective +99\.9% → 99\.5%\n {2}error budget, in full outage +43m12s → 3h36m\n/);
});

test("puts what is long one below the other", () => {
  const text = printDiff(sloBecomes({ objective: 99.5 }), "main", plain);
  expect(text).toMatch(/\n {2}tier page-fast +page over 1\.44% .*\n +→ page over 7\.2% /);
});

test("prints nothing that a terminal would obey", () => {
  const text = printDiff(shopBecomes({ description: "a\u001b[31mb\nc" }), "main", plain);
  expect(text).not.toContain("\u001b");
  expect(text).toContain("[31mb c");
});
