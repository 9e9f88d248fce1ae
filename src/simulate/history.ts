/** A history scrape by scrape, made of stretches in which traffic and the share of bad events run evenly. */

/** Some time in which both run from one value to the other. */
export interface Stretch {
  readonly seconds: number;
  /** Events per second. */
  readonly rate: number;
  /** The share of them that is bad, 0 to 1: at the beginning and at the end. */
  readonly bad: readonly [number, number];
}

/** What each scrape adds to what the one before saw. The first is the start, at which nothing has happened yet. */
export interface History {
  readonly scrapeSeconds: number;
  readonly good: Float64Array;
  readonly bad: Float64Array;
  /** The share that a gauge shows, also where nothing happens. */
  readonly share: Float64Array;
}

/**
 * Whole events: what a scrape cannot show yet, the next one does.
 *
 * @param sliceSeconds - Of slices that are bad as a whole: so many of them are that their share is right.
 */
export function historyOf(stretches: readonly Stretch[], scrapeSeconds: number, sliceSeconds?: number): History {
  const history = eventsOf(stretches, scrapeSeconds);
  return sliceSeconds === undefined ? history : { ...history, share: wholeSlices(history, sliceSeconds) };
}

function eventsOf(stretches: readonly Stretch[], scrapeSeconds: number): History {
  const last = Math.ceil(sumOf(stretches) / scrapeSeconds);
  const history = emptyHistory(last + 1, scrapeSeconds);
  let [well, failed, begin] = [0, 0, 0];
  for (const stretch of stretches) {
    const end = begin + stretch.seconds;
    for (let index = Math.floor(begin / scrapeSeconds) + 1; index * scrapeSeconds <= end; index++) {
      const share = shareAt(stretch, index * scrapeSeconds - begin);
      const events = stretch.rate * scrapeSeconds;
      const [good, bad] = [events * (1 - share), events * share];
      history.good[index] = whole(well + good) - whole(well);
      history.bad[index] = whole(failed + bad) - whole(failed);
      history.share[index] = share;
      well += good;
      failed += bad;
    }
    begin = end;
  }
  return history;
}

/** Seconds of all of them. */
export function sumOf(stretches: readonly Pick<Stretch, "seconds">[]): number {
  return stretches.reduce((sum, { seconds }) => sum + seconds, 0);
}

function emptyHistory(length: number, scrapeSeconds: number): History {
  const zeros = (): Float64Array => new Float64Array(length);
  return { scrapeSeconds, good: zeros(), bad: zeros(), share: zeros() };
}

function shareAt({ bad: [from, to], seconds }: Stretch, at: number): number {
  return from + ((to - from) * at) / seconds;
}

// Sums of binary fractions: 2.9999999 is three events.
function whole(events: number): number {
  return Math.floor(events + 1e-6);
}

/** Where all or none is bad, a reading shows it at once. */
function wholeSlices({ share, scrapeSeconds }: History, sliceSeconds: number): Float64Array {
  let [slice, owed, isBad] = [-1, 0, false];
  return share.map((shown, index) => {
    if (shown === 0 || shown === 1) return shown;
    const at = Math.floor((index * scrapeSeconds) / sliceSeconds);
    if (at !== slice) {
      owed += shown;
      isBad = owed >= 1 - 1e-9;
      if (isBad) owed -= 1;
    }
    slice = at;
    return Number(isBad);
  });
}
