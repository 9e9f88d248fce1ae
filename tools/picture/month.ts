/** A simulated month of three SLOs: what happened in every evaluation, from a seed, so that the picture is always the same. */
import { idLabels } from "../../src/compile/naming.ts";
import type { SloPlan } from "../../src/compile/plan.ts";

/** When the month ends. Nothing here reads the clock. */
export const END = Date.UTC(2026, 5, 15, 15) / 1000;

const DAY = 86_400;
export const START = END - 30 * DAY;

/** The values of the group label, where an SLO has one. */
export const MODELS = ["gpt-4", "llama-3-70b", "mistral-small"] as const;

/** Between two times the share of bad events of a group is another one. */
interface Incident {
  readonly slo: string;
  readonly group: number;
  readonly from: number;
  readonly to: number;
  readonly ratio: number;
}

const incidents: readonly Incident[] = [
  { slo: "error-rate", group: 1, from: START + 8.4 * DAY, to: START + 8.55 * DAY, ratio: 0.03 },
  { slo: "error-rate", group: 2, from: START + 19.2 * DAY, to: START + 20.4 * DAY, ratio: 0.0035 },
  { slo: "error-rate", group: 0, from: END - 4.2 * 3600, to: END - 3.6 * 3600, ratio: 0.018 },
  { slo: "error-rate", group: 0, from: END - 1500, to: END, ratio: 0.06 },
  { slo: "latency", group: 0, from: START + 14.3 * DAY, to: START + 15.1 * DAY, ratio: 0.2 },
  { slo: "latency", group: 0, from: END - 2.6 * DAY, to: END, ratio: 0.078 },
  { slo: "saturation", group: 1, from: START + 24 * DAY, to: START + 24.05 * DAY, ratio: 1 },
];

/** Without an incident. */
const usual: Readonly<Record<string, number>> = { "error-rate": 0.00035, latency: 0.028, saturation: 0.0008 };

const requestsPerSecond = [9, 5, 12] as const;

/** What the base of the SLOs would have recorded, as OpenMetrics. */
export function* openMetrics(slos: readonly SloPlan[]): Generator<string> {
  for (const plan of slos) {
    const groups = plan.groupLabels.length === 0 ? 1 : MODELS.length;
    for (let group = 0; group < groups; group++) yield* seriesOf(plan, group);
  }
  yield "# EOF\n";
}

function* seriesOf(plan: SloPlan, group: number): Generator<string> {
  const random = generator(`${plan.slo.id}${group}`);
  const labels = labelsOf(plan, group);
  const { part } = plan.measure;
  const lines: { total: string[]; part: string[] } = { total: [], part: [] };
  for (let time = START; time <= END; time += plan.slo.evaluationSeconds) {
    const total = totalAt(plan, group, time, random);
    lines.total.push(`slo:total:increase${labels} ${total} ${time}\n`);
    const bad = badOf(total, ratioAt(plan.slo.name, group, time), random);
    lines.part.push(`slo:${part}:increase${labels} ${part === "bad" ? bad : total - bad} ${time}\n`);
  }
  yield lines.total.join("");
  yield lines.part.join("");
}

function labelsOf(plan: SloPlan, group: number): string {
  const labels = {
    ...idLabels(plan.slo),
    ...Object.fromEntries(plan.groupLabels.map((label) => [label, MODELS[group]])),
  };
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(",")}}`;
}

/** Fewer at night, a little noise. Slices come one share at a time. */
function totalAt(plan: SloPlan, group: number, time: number, random: () => number): number {
  if (plan.words.unit === "slices") return plan.slo.evaluationSeconds / 60;
  const day = 1 - 0.45 * Math.cos((2 * Math.PI * (time % DAY)) / DAY);
  const rate = plan.groupLabels.length === 0 ? 26 : (requestsPerSecond[group] ?? 1);
  return Math.round(rate * plan.slo.evaluationSeconds * day * (0.92 + 0.16 * random()));
}

/** An incident begins and ends within minutes, not at once. */
function ratioAt(slo: string, group: number, time: number): number {
  const now = incidents.find((one) => one.slo === slo && one.group === group && time >= one.from && time <= one.to);
  const quiet = usual[slo] ?? 0;
  return now ? quiet + (now.ratio - quiet) * Math.min(1, (time - now.from) / 240) : quiet;
}

/** The expected number, its fraction by chance: small ratios give whole events too. */
function badOf(total: number, ratio: number, random: () => number): number {
  if (total <= 1) return random() < ratio ? total : 0;
  const expected = total * ratio * (0.7 + 0.6 * random());
  return Math.min(total, Math.floor(expected) + (random() < expected % 1 ? 1 : 0));
}

/** https://gist.github.com/tommyettinger/46a874533244883189143505d203312c (mulberry32) */
function generator(seed: string): () => number {
  let state = [...seed].reduce((sum, char) => Math.imul(sum, 31) + char.charCodeAt(0), 7) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    const again = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((again ^ (again >>> 14)) >>> 0) / 4_294_967_296;
  };
}
