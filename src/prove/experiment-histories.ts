/** Histories of experiments: what a variant and the baseline do, comparison by comparison. Whole events only, so that sums are exact. */
import type { Bounds, Compared, Counts } from "./experiment-oracle.ts";

/** One history, and what it shows. */
export interface Trial {
  readonly name: string;
  readonly compared: Compared;
  /** Whether somebody is told. */
  readonly told: boolean;
}

const NOTHING: Counts = { total: 0, bad: 0 };

/** Comparisons until a steady difference is far beyond noise. */
const RISE = 8;

/** Comparisons for which a test waits until a window has forgotten: two days of them. */
const LONGEST_FALL = 720;

/** All histories of an experiment that is compared every so many seconds. */
export function trialsOf(bounds: Bounds, everySeconds: number): Trial[] {
  const context = { bounds, everySeconds, held: Math.ceil(bounds.forSeconds / everySeconds) };
  return [
    worse(context),
    noise(context),
    ...(bounds.minSample > 1 ? [fewOf("variant", context), fewOf("baseline", context)] : []),
    better(context),
    ...(context.held > 1 ? [passing(context)] : []),
    ...(bounds.atLeast > 0 ? [trifling(context)] : []),
  ];
}

interface Context {
  readonly bounds: Bounds;
  readonly everySeconds: number;
  /** Comparisons in `for`. */
  readonly held: number;
}

/** A steady difference, until it has been told; then none, until the window has forgotten it, where a test can last so long. */
function worse(context: Context): Trial {
  const { bounds, everySeconds, held } = context;
  const each = roundUp(plenty(bounds) / RISE);
  const rise = RISE + held + 4;
  const fall = Math.ceil(bounds.windowSeconds / everySeconds) + 2;
  const equal = fall <= LONGEST_FALL ? fall : 0;
  const variant = [...times(rise, of(each, worseShare(bounds))), ...times(equal, of(each, usualShare(bounds)))];
  const baseline = times(rise + equal, of(each, usualShare(bounds)));
  return trial(
    "a variant that is worse beyond noise is told, once there are enough events",
    variant,
    baseline,
    context,
    true,
  );
}

/** Four fifths of what would be told. */
function noise(context: Context): Trial {
  const { bounds } = context;
  const total = roundUp(plenty(bounds));
  const usual = of(total, usualShare(bounds));
  const share = usual.bad / total;
  const more = Math.floor(0.8 * bounds.sigma * Math.sqrt(2 * total * share * (1 - share)));
  return burst("a difference within noise is not told", { total, bad: usual.bad + more }, usual, context);
}

/** Everything that one group does goes wrong, or nothing of what it is compared with does; but it is seldom. */
function fewOf(group: "variant" | "baseline", context: Context): Trial {
  const many = roundUp(plenty(context.bounds));
  const few = Math.floor(0.9 * context.bounds.minSample);
  const [tried, usual] = group === "variant" ? [few, many] : [many, few];
  return burst(`too few events of the ${group} are not told`, of(tried, 1), of(usual, 0), context);
}

function better(context: Context): Trial {
  const { bounds } = context;
  const total = roundUp(plenty(bounds));
  return burst(
    "a variant that is better is not told",
    of(total, usualShare(bounds)),
    of(total, worseShare(bounds)),
    context,
  );
}

/** As bad as what is told; but before `for` has passed the baseline does worse. */
function passing(context: Context): Trial {
  const { bounds, held } = context;
  const total = roundUp(plenty(bounds));
  const silence = times(held - 1, NOTHING);
  const variant = [of(total, worseShare(bounds)), ...silence, of(3 * total, usualShare(bounds)), ...silence];
  const baseline = [of(total, usualShare(bounds)), ...silence, of(3 * total, worseShare(bounds)), ...silence];
  return trial("a difference that passes is not told", variant, baseline, context, false);
}

/** Far beyond noise, and by four fifths of what matters. */
function trifling(context: Context): Trial {
  const { bounds } = context;
  const difference = 0.8 * bounds.atLeast;
  const total = roundUp(Math.max(bounds.minSample, eventsFor(2 * bounds.sigma, usualShare(bounds), difference)));
  const usual = of(total, usualShare(bounds));
  const variant = { total, bad: usual.bad + Math.floor(difference * total) };
  return burst("a difference that does not matter is not told", variant, usual, context);
}

/** All events at once, and then none for longer than `for`. */
function burst(name: string, variant: Counts, baseline: Counts, context: Context): Trial {
  const quiet = times(context.held + 2, NOTHING);
  return trial(name, [variant, ...quiet], [baseline, ...quiet], context, false);
}

/** At time 0 nothing has happened yet. */
function trial(
  name: string,
  variant: readonly Counts[],
  baseline: readonly Counts[],
  { everySeconds }: Context,
  told: boolean,
): Trial {
  const compared = { variant: [NOTHING, ...variant], baseline: [NOTHING, ...baseline], everySeconds };
  return { name, compared, told };
}

/** Events at which a variant is worse by twice as many standard errors as are told. */
function plenty(bounds: Bounds): number {
  const usual = usualShare(bounds);
  return Math.max(1.05 * bounds.minSample, eventsFor(2 * bounds.sigma, usual, worseShare(bounds) - usual));
}

function eventsFor(sigmas: number, share: number, difference: number): number {
  const pooled = share + difference / 2;
  return (2 * pooled * (1 - pooled) * sigmas ** 2) / difference ** 2;
}

/** A tenth of what is free beside the difference that matters. */
function usualShare(bounds: Bounds): number {
  return 0.1 * (1 - differenceOf(bounds));
}

function worseShare(bounds: Bounds): number {
  return usualShare(bounds) + differenceOf(bounds);
}

function differenceOf({ atLeast }: Bounds): number {
  return atLeast + 0.1 * (1 - atLeast);
}

/** So many that a hundredth of them is a whole number of events. */
function roundUp(events: number): number {
  return Math.max(100, Math.ceil(events / 100) * 100);
}

function of(total: number, share: number): Counts {
  return { total, bad: Math.round(total * share) };
}

function times(count: number, counts: Counts): Counts[] {
  return Array<Counts>(count).fill(counts);
}
