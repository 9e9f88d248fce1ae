/** What depends on a few numbers is worked out once for all SLOs that have them in common, as most do. */

/** Gives what was made for the same shape before, else makes it. Nothing but the shape may decide what that is. */
export function onceForAll<T>(): (shape: readonly unknown[], make: () => T) => T {
  const known = new Map<string, T>();
  return (shape, make) => {
    const key = JSON.stringify(shape);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size === MOST) known.clear();
    const made = make();
    known.set(key, made);
    return made;
  };
}

/** So many shapes; a plan with more of them works some out again. */
const MOST = 2000;
