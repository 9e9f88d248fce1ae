/** Names in `formerly` that lead nowhere: something has the name now, or lists it as well. */
import type { Plan } from "../compile/plan.ts";
import { type Issue, type IssuePath, issue, type Source } from "../issue.ts";
import { holderOf, type Named } from "../model/former-names.ts";
import type { Check } from "./check.ts";

export const formerNames: Check = {
  name: "former-names",
  check: (plan) => [
    ...among(servicesOf(plan)),
    ...plan.services.flatMap(({ slos }) => among(slos.map(({ slo }) => slo))),
  ],
};

interface Subject extends Named {
  readonly path: IssuePath;
  readonly source: Source | undefined;
}

function servicesOf({ services }: Plan): Subject[] {
  return services.map(({ service }) => ({ ...service, path: [service.name] }));
}

/** Of names that have to differ. */
function among(all: readonly Subject[]): Issue[] {
  return all.flatMap((each) =>
    each.formerly.flatMap((old, at): Issue[] => {
      const fact = wrongWith(old, each, all);
      return fact === undefined ? [] : [issue("former-name", [...each.path, "formerly", at], fact, HINT, each.source)];
    }),
  );
}

const HINT = "List only names that nothing has any more, each at the one thing that had it.";

function wrongWith(old: string, each: Subject, all: readonly Subject[]): string | undefined {
  const holder = holderOf(old, each, all);
  if (holder === undefined) return undefined;
  if (holder.by === "formerly")
    return `\`${holder.of.name}\` lists \`${old}\` too, and only one of them can keep its place.`;
  return holder.of === each
    ? `\`${old}\` is its name now, so it has no effect.`
    : `\`${old}\` is the name of another now, so it has no effect.`;
}
