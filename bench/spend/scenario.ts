/** Simulated months of spending: who spends, and what happens to those who count it. */
import type { PlatformDeclaration } from "firebreak";

export interface SpendScenario {
  readonly name: string;
  /** What it is about, for the table's reader. */
  readonly about: string;
  /** The first local midnight. */
  readonly start: string;
  /** How many days of it are replayed. */
  readonly days: number;
  readonly offset: string;
  /** Of the second budget, beside the one per day. */
  readonly period: "week" | "month" | undefined;
  readonly pods: number;
  /** Each pod is restarted so many times a day, and keeps its name. */
  readonly restartsPerDay: number;
  /** Pods are replaced by new ones so many times a day. */
  readonly rolloutsPerDay: number;
  /** The share of scrapes that fail. */
  readonly missedScrapes: number;
  /** One outage of scraping so many minutes long, in the middle. */
  readonly gapMinutes: number;
  /** Models come into use on these days. */
  readonly models: Readonly<Record<string, number>>;
  /** The share of rule evaluations that never take place, and by how much the others are late. */
  readonly dropped: number;
  readonly lateMs: number;
  readonly platform: PlatformDeclaration;
}

const quiet = {
  days: 10,
  offset: "+00:00",
  period: undefined,
  pods: 2,
  restartsPerDay: 0,
  rolloutsPerDay: 0,
  missedScrapes: 0,
  gapMinutes: 0,
  models: { "gpt-4": 0, "gpt-4o-mini": 0 },
  dropped: 0,
  lateMs: 0,
  platform: { retention: "400d" },
} as const;

export const scenarios: readonly SpendScenario[] = [
  {
    ...quiet,
    name: "steady",
    period: "month",
    about: "a leap February, two pods, nothing happens",
    start: "2028-02-01T00:00:00Z",
    days: 29,
  },
  {
    ...quiet,
    name: "restarts",
    about: "each pod restarts six times a day and counts from zero",
    start: "2026-02-01T00:00:00Z",
    restartsPerDay: 6,
  },
  {
    ...quiet,
    name: "rollouts",
    about: "four times a day all pods are replaced by new ones",
    start: "2026-02-01T00:00:00Z",
    rolloutsPerDay: 4,
  },
  {
    ...quiet,
    name: "births",
    about: "models come into use one after the other; their series begin at their first charge",
    start: "2026-02-01T00:00:00Z",
    models: { "gpt-4": 0, "gpt-4o-mini": 3.37, o3: 4.71, "claude-sonnet": 6.02, "gemini-pro": 8.5 },
  },
  {
    ...quiet,
    name: "missed scrapes",
    about: "one scrape in twenty fails",
    start: "2026-02-01T00:00:00Z",
    missedScrapes: 0.05,
  },
  {
    ...quiet,
    name: "late evaluations",
    about: "every evaluation runs up to 20 s late, and the groups at different moments",
    start: "2026-02-01T00:00:00Z",
    lateMs: 20_000,
  },
  {
    ...quiet,
    name: "month end",
    period: "month",
    about: "31 days from the middle of the month, at +05:30",
    start: "2026-01-14T18:30:00Z",
    days: 31,
    offset: "+05:30",
    restartsPerDay: 1,
  },
  {
    ...quiet,
    name: "short retention",
    period: "month",
    about: "Prometheus keeps 15 days, so the month is carried on",
    start: "2026-02-01T08:00:00Z",
    days: 28,
    offset: "-08:00",
    rolloutsPerDay: 1,
    platform: { retention: "15d" },
  },
  {
    ...quiet,
    name: "outage of scraping",
    about: "no scrape for 20 minutes: what was spent then is lost",
    start: "2026-02-01T00:00:00Z",
    gapMinutes: 20,
  },
  {
    ...quiet,
    name: "dropped evaluations",
    about: "one evaluation in fifty never takes place: its half minute is lost, and coverage says so",
    start: "2026-02-01T00:00:00Z",
    dropped: 0.02,
    lateMs: 5000,
  },
];
