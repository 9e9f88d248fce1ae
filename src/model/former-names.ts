/** Former names: what had one keeps its place, unless something has that name now, or took it over before. */

export interface Named {
  readonly name: string;
  readonly formerly: readonly string[];
}

/** What has the name now, or lists it as its own former name. */
export interface Holder<T> {
  readonly of: T;
  readonly by: "name" | "formerly";
}

/**
 * Why a former name leads nowhere; undefined where it leads to its place.
 *
 * @param all - In the order of the plan, `each` among them: of two that list a name the first one keeps it.
 */
export function holderOf<T extends Named>(old: string, each: T, all: readonly T[]): Holder<T> | undefined {
  const named = all.find(({ name }) => name === old);
  if (named) return { of: named, by: "name" };
  const first = all.slice(0, all.indexOf(each)).find(({ formerly }) => formerly.includes(old));
  return first && { of: first, by: "formerly" };
}
