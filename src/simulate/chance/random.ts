/** Chance that is the same every time: a generator with a seed, and the draws that noise is made of. */

/** A number in [0, 1). */
export type Random = () => number;

/** Mulberry32, a public-domain generator by Tommy Ettinger: 32 bits of state, good enough to count alerts with. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Until the next of something that happens so often per unit of time. */
export function waitOf(rate: number, random: Random): number {
  return -Math.log(1 - random()) / rate;
}

/** How many tries it takes, where each succeeds with this chance: 1 or more. */
export function triesOf(chance: number, random: Random): number {
  return chance >= 1 ? 1 : 1 + Math.floor(Math.log(1 - random()) / Math.log(1 - chance));
}

/** A whole number around a mean that is large, with this variance: the normal distribution stands in for any other. */
export function around(mean: number, variance: number, random: Random): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.max(0, Math.round(mean + normal * Math.sqrt(variance)));
}
