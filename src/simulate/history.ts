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
  /** The share that is bad, also where nothing happens. */
  readonly share: Float64Array;
}

/** Whole events: what a scrape cannot show yet, the next one does. */
export function historyOf(stretches: readonly Stretch[], scrapeSeconds: number): History {
  const last = Math.ceil(sumOf(stretches) / scrapeSeconds);
  const history = emptyHistory(last + 1, scrapeSeconds);
  let [all, failed, begin] = [0, 0, 0];
  for (const stretch of stretches) {
    const end = begin + stretch.seconds;
    for (let index = Math.floor(begin / scrapeSeconds) + 1; index * scrapeSeconds <= end; index++) {
      const share = shareAt(stretch, index * scrapeSeconds - begin);
      const events = stretch.rate * scrapeSeconds;
      const [total, bad] = [whole(all + events) - whole(all), whole(failed + events * share) - whole(failed)];
      all += events;
      failed += events * share;
      write(history, index, total, bad, share);
    }
    begin = end;
  }
  return history;
}

/** Seconds of all of them. */
export function sumOf(stretches: readonly Pick<Stretch, "seconds">[]): number {
  return stretches.reduce((sum, { seconds }) => sum + seconds, 0);
}

export function emptyHistory(length: number, scrapeSeconds: number): History {
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

function write({ good, bad, share }: History, index: number, total: number, failed: number, shown: number): void {
  // A failure is counted with its event, or in the same scrape at least.
  bad[index] = Math.min(failed, total);
  good[index] = total - Math.min(failed, total);
  share[index] = shown;
}
