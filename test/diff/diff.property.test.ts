/** Laws of every difference. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { type Change, type Diff, diff } from "../../src/diff/diff.ts";
import { headline } from "../../src/diff/markdown/headline.ts";
import { printMarkdown } from "../../src/diff/markdown/markdown.ts";
import type { World } from "../properties/arbitrary/service.ts";
import { soundWorldOf } from "../properties/repair.ts";

const declared = soundWorldOf("a", "b");

function planned(world: World) {
  const { plan, issues } = build({ ...world, templates: {}, targets: [] });
  if (plan === undefined) throw new Error(JSON.stringify(issues));
  return plan;
}

test("nothing differs from itself", () => {
  fc.assert(
    fc.property(declared, (one) => {
      const nothing = diff(planned(one), planned(structuredClone(one)));
      expect(nothing).toEqual({ changes: [], breaks: [] });
      expect([headline(nothing), printMarkdown(nothing)]).toEqual(["", ""]);
    }),
    { numRuns: 3 },
  );
});

test("declarations that were saved as JSON are the same", () => {
  fc.assert(
    fc.property(declared, (one) => {
      const saved = JSON.parse(JSON.stringify(one)) as World;
      expect(diff(planned(saved), planned(one))).toEqual({ changes: [], breaks: [] });
    }),
    { numRuns: 3 },
  );
});

test("the opposite of every change is found the other way round", () => {
  fc.assert(
    fc.property(declared, declared, (one, other) => {
      const [there, back] = [diff(planned(one), planned(other)), diff(planned(other), planned(one))];
      expect(sorted(there.changes.map(opposite))).toEqual(sorted(back.changes));
    }),
    { numRuns: 5 },
  );
});

test("what changes is written otherwise than before", () => {
  fc.assert(
    fc.property(declared, declared, (one, other) => {
      const facts = diff(planned(one), planned(other)).changes.flatMap((change) => change.facts);
      expect(facts.filter(({ before, after }) => before && after && before.words === after.words)).toEqual([]);
    }),
    { numRuns: 5 },
  );
});

test("what changes has a sentence, and a comment that begins with it", () => {
  fc.assert(
    fc.property(declared, declared, (one, other) => {
      const found: Diff = diff(planned(one), planned(other));
      fc.pre(found.changes.length > 0);
      expect(headline(found)).toMatch(/^[^\n]+\.$/);
      expect(printMarkdown(found).startsWith(`**${headline(found)}**`)).toBe(true);
    }),
    { numRuns: 3 },
  );
});

const opposites = { added: "removed", removed: "added", renamed: "renamed", changed: "changed" } as const;

function opposite({ kind, id, formerId, facts, rules, ...rest }: Change): Change {
  return {
    ...rest,
    kind: opposites[kind],
    id: formerId ?? id,
    formerId: formerId && id,
    facts: facts.map((fact) => ({ ...fact, before: fact.after, after: fact.before })),
    rules: { before: rules.after, after: rules.before, differing: rules.differing },
  };
}

/** The order is that of what there is afterwards. */
function sorted(changes: readonly Change[]): Change[] {
  const byField = (a: { field: string }, b: { field: string }): number => (a.field < b.field ? -1 : 1);
  const inOrder = changes.map((change) => ({ ...change, facts: change.facts.toSorted(byField) }));
  return inOrder.sort((a, b) => (`${a.type} ${a.id} ${a.kind}` < `${b.type} ${b.id} ${b.kind}` ? -1 : 1));
}
