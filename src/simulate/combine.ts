/** Error ratios of the components of a composite as one, as its rules have them. */
import type { Composite } from "../sli/kinds/composite.ts";

/** One ratio per component; NaN where it has no traffic. */
export type Combine = (ratios: readonly number[]) => number;

/** Nothing is above NaN, which the mean of no components is. */
export function combineOf({ as, of }: Composite): Combine {
  switch (as) {
    case "worst":
      return (ratios) => Math.max(0, ...present(ratios));
    case "weighted":
      return (ratios) => {
        const weighed = ratios.map((ratio, index) => [ratio, of[index]?.weight ?? 1] as const);
        const there = weighed.filter(([ratio]) => !Number.isNaN(ratio));
        const weights = there.reduce((sum, [, weight]) => sum + weight, 0);
        return there.reduce((sum, [ratio, weight]) => sum + ratio * weight, 0) / weights;
      };
    case "serial":
      return (ratios) => 1 - present(ratios).reduce((product, ratio) => product * Math.max(0, 1 - ratio), 1);
  }
}

function present(ratios: readonly number[]): number[] {
  return ratios.filter((ratio) => !Number.isNaN(ratio));
}
