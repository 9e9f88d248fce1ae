/** Names in `formerly` that lead nowhere: something has the name now, or lists it as well. */
import type { Plan } from "../compile/plan.ts";
import { type Issue, type IssuePath, issue, type Source } from "../issue.ts";
import type { Check } from "./check.ts";

export const formerNames: Check = {
  name: "former-names",
  check: (plan) => [
    ...among(servicesOf(plan)),
    ...plan.services.flatMap(({ slos }) => among(slos.map(({ slo }) => slo))),
  ],
};

interface Named {
  readonly name: string;
  readonly formerly: readonly string[];
  readonly path: IssuePath;
  readonly source: Source | undefined;
}

function servicesOf({ services }: Plan): Named[] {
  return services.map(({ service }) => ({ ...service, path: [service.name] }));
}

/** Of names that have to differ. */
function among(all: readonly Named[]): Issue[] {
  return all.flatMap((each, index) =>
    each.formerly.flatMap((old, at): Issue[] => {
      const fact = wrongWith(old, each, all, index);
      return fact === undefined ? [] : [issue("former-name", [...each.path, "formerly", at], fact, HINT, each.source)];
    }),
  );
}

const HINT = "List only names that nothing has any more, each at the one thing that had it.";

function wrongWith(old: string, each: Named, all: readonly Named[], index: number): string | undefined {
  if (old === each.name) return `\`${old}\` is its name now, so it has no effect.`;
  if (all.some(({ name }) => name === old)) return `\`${old}\` is the name of another now, so it has no effect.`;
  const first = all.slice(0, index).find(({ formerly }) => formerly.includes(old));
  return first && `\`${first.name}\` lists \`${old}\` too, and only one of them can keep its place.`;
}
