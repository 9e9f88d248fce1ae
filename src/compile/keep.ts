/** What is made when it is first asked for, and how long it is remembered: rules are most of what a build holds. */

/** Gives what makes something once, or again where it was let go. The same is made each time. */
export type Keep = <T>(make: () => T) => () => T;

/** Remembers everything. */
export const keepAll: Keep = (make) => {
  let made: ReturnType<typeof make> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Remembers so many of those that were made last: enough for a reader that goes from one to the next. */
export function keepLast(most: number): Keep {
  const forgetters: (() => void)[] = [];
  return (make) => {
    let made: ReturnType<typeof make> | undefined;
    return () => {
      if (made !== undefined) return made;
      const now = make();
      made = now;
      forgetters.push(() => {
        made = undefined;
      });
      if (forgetters.length > most) forgetters.shift()?.();
      return now;
    };
  };
}
