/** The arithmetic of composites: one error ratio from those of its components, each weighted by its own events. */

/** How components make one: the worst of them, their weighted mean, or all of them in series. */
export type CompositeRule = "worst" | "weighted" | "serial";

/** One component's error ratio in a window. */
export interface ComponentRatio {
  readonly errorRatio: number;
  readonly weight: number;
}

/** The composite's error ratio; undefined where no component had traffic. Components without traffic are left out. */
export function compositeErrorRatio(rule: CompositeRule, components: readonly ComponentRatio[]): number | undefined {
  if (components.length === 0) return undefined;
  const ratios = components.map(({ errorRatio }) => errorRatio);
  switch (rule) {
    case "worst":
      return Math.max(...ratios);
    case "weighted":
      return sum(components.map((each) => each.weight * each.errorRatio)) / sum(components.map((each) => each.weight));
    case "serial":
      return 1 - ratios.reduce((good, ratio) => good * Math.max(0, 1 - ratio), 1);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((so, value) => so + value, 0);
}
