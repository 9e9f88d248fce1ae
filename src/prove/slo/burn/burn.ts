/** Every tier of an SLO fires in a history of its own, when its error ratio asks for it and no earlier. */
import type { SloPlan } from "../../../compile/plan.ts";
import type { GroupObjective, Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { expectedOf, fires, firesWith, notYet, silent } from "../../alerts.ts";
import { type Expectation, MOST_EVALUATIONS, type Proof, type Proven } from "../../proof.ts";
import { firstPlayed, likeBefore, type Played, playAll, type Risen, shapeOf } from "../play.ts";
import { forGroup, type Stage, seriesOf } from "../stage.ts";
import { lengthOf } from "../timeline.ts";
import { budgetLeft } from "./budget-left.ts";
import { type Tier, tiersOf } from "./tiers.ts";

export function proveBurn(stage: Stage, plan: SloPlan, platform: Platform): Proven {
  const tiers = askedTiers(stage, plan, stage.slo.errorBudget);
  const pages = tiers.filter(({ severity }) => severity === "page");
  const others = tiers.filter(({ severity }) => severity !== "page");
  const played = likeBefore(platform, [tiers, shapeOf(stage)], () =>
    [...pages.map((tier) => [tier]), others].flatMap((some) => playAll(some, tiers, stage, "thorough")),
  );
  const shown = new Set(played.flatMap((each) => each.risen.map(({ tier }) => tier.name)));
  const why = `within ${MOST_EVALUATIONS} evaluations another alert always holds it back`;
  return {
    proofs: played.map((each) => ({
      ...proofOf(each, stage, platform),
      brief: () => briefly(each, tiers, stage, platform),
    })),
    notProven: tiers.flatMap((tier) => (shown.has(tier.name) ? [] : [{ alert: tier.alert, tier: tier.name, why }])),
  };
}

/** The same, briefly, of the first group that has an objective of its own: its tiers are others. */
export function proveBurnOfGroup(stage: Stage, plan: SloPlan, platform: Platform): Proof[] {
  const objective = stage.slo.objectives.find((each) => mayExist(each, stage));
  if (!objective) return [];
  const own = forGroup(stage, objective);
  const tiers = askedTiers(stage, plan, objective.errorBudget);
  const name = Object.entries(objective.match)
    .map(([label, value]) => value || `no ${label}`)
    .join(", ");
  return tiers
    .flatMap((tier) => shortest([tier], tiers, own, platform))
    .map((played) => proofOf(played, own, platform, objective.errorBudget))
    .map((proof) => ({ ...proof, scenario: `${proof.scenario} of ${name}`, story: `for ${name}, ${proof.story}` }));
}

/** A matcher may have settled what group there is. */
function mayExist({ match }: GroupObjective, { history }: Stage): boolean {
  return history.series.every(({ labels }) =>
    Object.entries(match).every(([label, value]) => (labels[label] ?? value) === value),
  );
}

/** Whatever became of them, except those that were left out with a reason: a tier that was forgotten must fail. */
function askedTiers({ slo }: Stage, { dropped }: SloPlan, errorBudget: number): Tier[] {
  const left = new Set(dropped.map(({ name }) => name));
  return tiersOf(slo, errorBudget).filter(({ name }) => !left.has(name));
}

function briefly(played: Played, tiers: readonly Tier[], stage: Stage, platform: Platform): Proof | undefined {
  const some = played.risen.map(({ tier }) => tier);
  const [brief] = shortest(some, tiers, stage, platform);
  return brief && brief.until < played.until ? proofOf(brief, stage, platform) : undefined;
}

/** The shortest history in which they fire, if there is one. */
function shortest(some: readonly Tier[], tiers: readonly Tier[], stage: Stage, platform: Platform): Played[] {
  const find = (): Played[] => [firstPlayed(some, tiers, stage, "brief") ?? []].flat();
  return likeBefore(platform, ["brief", some.map(({ name }) => name), tiers, shapeOf(stage)], find);
}

function proofOf(played: Played, stage: Stage, platform: Platform, errorBudget: number = stage.slo.errorBudget): Proof {
  const { phases, risen, until } = played;
  const { pace } = stage;
  return {
    scenario: risen.map(({ tier }) => tier.name).join(" and "),
    name: stage.slo.name,
    story: storyOf(played, stage),
    everySeconds: pace.scrape,
    untilSeconds: until * pace.every,
    series: (untilSeconds) => seriesOf(phases, untilSeconds, stage),
    expectations: [
      ...risen.flatMap((rise) => expectationsOf(rise, stage, platform)),
      ...budgetLeft(phases, until, stage, errorBudget),
    ],
    proves: risen.map(({ tier }) => ({ alert: tier.alert, tier: tier.name })),
  };
}

function expectationsOf(
  { tier, before, first, fallen }: Risen,
  { pace, groups, slo }: Stage,
  platform: Platform,
): Expectation[] {
  const at = (evaluation: number): number => evaluation * pace.every;
  const own = { alert: tier.alert, tier: tier.name, severity: tier.severity };
  const windows = { long: printSeconds(tier.long), short: printSeconds(tier.short) };
  const labels = { ...slo.alerting.overrides?.[tier.name]?.labels, ...windows };
  const expected = expectedOf(slo, platform, own, labels);
  return [
    notYet(expected, at(before)),
    firesWith(expected, groups, at(first)),
    ...(fallen ? [fires(expected, groups.length, at(fallen.last)), silent(expected, at(fallen.over))] : []),
  ];
}

/** "page-fast fires 22m30s into 43 % bad events, and ends 13m after them": tiers that do so together share a sentence. */
function storyOf(played: Played, { pace }: Stage): string {
  const all = played.risen.map((rise) => ({ name: rise.tier.name, ...timesOf(rise, played, pace.every) }));
  const sames = [...new Set(all.map(({ fired, over }) => `${fired}, ${over}`))].map((times) =>
    all.filter(({ fired, over }) => `${fired}, ${over}` === times),
  );
  return sames.map((some) => sentenceOf(some)).join("; ");
}

interface TierTimes {
  readonly name: string;
  readonly fired: string;
  readonly over: string | undefined;
}

function timesOf({ first, fallen }: Risen, { candidate, phases }: Played, every: number): Omit<TierTimes, "name"> {
  const [began, ended] = [lengthOf(candidate.before), lengthOf(phases.slice(0, -1))];
  return {
    fired: `${printSeconds(first * every - began)} into ${candidate.words}`,
    over: fallen && `${printSeconds(fallen.over * every - ended)} after that`,
  };
}

function sentenceOf(some: readonly TierTimes[]): string {
  const [{ fired, over } = { fired: "", over: undefined }] = some;
  const [fire, end] = some.length > 1 ? ["fire", "end"] : ["fires", "ends"];
  const names = some.map(({ name }) => name).join(" and ");
  return `${names} ${fire} ${fired}${over === undefined ? "" : `, and ${end} ${over}`}`;
}
