/** Chance with a seed: the same history every time, on every machine. */
import type { Random } from "../../src/simulate/chance/random.ts";

export { type Random, randomFrom } from "../../src/simulate/chance/random.ts";

/** How many events arrive in a time in which `mean` are expected. */
export function arrivals(mean: number, random: Random): number {
  if (mean <= 0) return 0;
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

function bell(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
