/** Traffic of a service under test: it comes at a steady rate, and a share of it can be reported to be bad. */

export interface Traffic {
  /** From now on this share of the events is bad, 0 to 1. Gives the moment, in milliseconds. */
  fail(share: number): number;
  /** No more events. */
  stop(): void;
  /** Whole events so far: exact at whatever moment it is asked. */
  counts(): Counts;
}

export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** Counts by the clock and not by a timer, so that a busy machine loses none. */
export function steadyTraffic(perSecond: number): Traffic {
  let [rate, share, since, good, bad] = [perSecond, 0, Date.now(), 0, 0];
  const settle = (): number => {
    const now = Date.now();
    const events = (rate * (now - since)) / 1000;
    [since, good, bad] = [now, good + events * (1 - share), bad + events * share];
    return now;
  };
  return {
    fail: (wanted) => {
      const at = settle();
      share = wanted;
      return at;
    },
    stop: () => {
      settle();
      rate = 0;
    },
    counts: () => {
      settle();
      // Good and bad are rounded, and total is their sum: none of the three ever falls, which would be a reset.
      return { total: Math.floor(good) + Math.floor(bad), bad: Math.floor(bad) };
    },
  };
}
