/** Finds what a misspelt word was meant to be. */

/** The candidate nearest to the word, if any is near enough to be meant. `group_by` is `groupBy`. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const bare = simplify(word);
  const same = candidates.find((candidate) => simplify(candidate) === bare);
  if (same !== undefined) return same;
  const [long, ...others] = candidates.filter((candidate) => bare.length > 2 && initials(candidate) === bare);
  if (long !== undefined && others.length === 0) return long;
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: editDistance(bare, simplify(candidate)) }))
    .filter(({ candidate, distance }) => distance <= mostEdits(bare, candidate))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate;
}

/** Of `time-to-first-token`, `ttft`. */
function initials(candidate: string): string {
  return candidate
    .split(/[-_]/)
    .map((part) => part.charAt(0).toLowerCase())
    .join("");
}

/** The known key that a key was meant to be: the nearest, or what another tool calls so. */
export function meantKey(key: string, known: readonly string[]): string | undefined {
  const other = Object.hasOwn(SYNONYMS, simplify(key)) ? SYNONYMS[simplify(key)] : undefined;
  return nearest(key, known) ?? (other !== undefined && known.includes(other) ? other : undefined);
}

/** The same without capitals, dashes and underscores. */
export function simplify(word: string): string {
  return word
    .slice(0, LONGEST)
    .replaceAll(/[_\-\s]/g, "")
    .toLowerCase();
}

/** How many letters differ: inserted, left out, changed, or two neighbours swapped. */
export function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) rows.push(nextRow(a, b, row, rows));
  return rows[a.length]?.[b.length] ?? 0;
}

const LONGEST = 64;

/** Words of Sloth, Pyrra, OpenSLO and calendars for our fields. */
const SYNONYMS: Readonly<Record<string, string>> = {
  target: "objective",
  goal: "objective",
  timewindow: "window",
  period: "window",
  indicator: "sli",
  spec: "sli",
  team: "owner",
  grouping: "groupBy",
  pagealert: "overrides",
  ticketalert: "overrides",
  alerts: "alerting",
  runbookurl: "runbook",
  dependencies: "dependsOn",
  objectives: "slos",
  errorquery: "bad",
  errors: "bad",
  failed: "bad",
  totalquery: "total",
  success: "good",
  timezone: "location",
  tz: "location",
};

function mostEdits(word: string, candidate: string): number {
  return Math.min(3, Math.floor(Math.max(word.length, candidate.length) / 3));
}

function nextRow(a: string, b: string, row: number, rows: readonly number[][]): number[] {
  const above = rows[row - 1] ?? [];
  const line = [row];
  for (let column = 1; column <= b.length; column++) {
    const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
    const swap = isSwap(a, b, row, column) ? (rows[row - 2]?.[column - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
    line.push(Math.min(change, swap, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
  }
  return line;
}

function isSwap(a: string, b: string, row: number, column: number): boolean {
  return row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
}
