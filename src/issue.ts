/**
 * Issues: everything that is wrong, dead or doubtful in a declaration, as data.
 * A code is stable; the words of a message are not. docs/issues.md has one row per code.
 */

/** `error`: nothing is written. `warning`: written and shown; `--strict` makes it an error. `note`: good to know, never an error. */
export type IssueLevel = "error" | "warning" | "note";

/** Every issue code with its level. The one list: docs/issues.md is held to it by a test. */
export const issueLevels = {
  // Declarations that do not load or parse.
  "not-loadable": "error",
  "unknown-key": "error",
  "missing-field": "error",
  "wrong-type": "error",
  "bad-value": "error",
  "bad-id": "error",
  "duplicate-id": "error",
  "bad-duration": "error",
  "bad-selector": "error",
  "bad-promql": "error",
  "bad-template": "error",
  "bad-url": "error",
  "credential-in-url": "error",
  "secret-value": "error",
  "objective-out-of-range": "error",
  "objectives-unclear": "error",
  "bad-exclusion": "error",
  dropped: "error",
  "window-out-of-range": "error",
  "slice-too-short": "error",
  "reserved-label": "error",
  "bad-label": "error",
  "user-label": "error",
  "unknown-kind": "error",
  "tier-invalid": "error",
  "tier-below-one": "error",
  "tiers-incomplete": "error",
  "unknown-slo": "error",
  "dependency-cycle": "error",
  // Metrics that cannot be what they are taken for: the numbers would look right.
  "not-a-counter": "error",
  "not-a-gauge": "error",
  "wrong-scale": "error",
  "same-as-total": "error",
  "counted-twice": "error",
  "outside-total": "error",
  "bucket-misread": "error",
  "not-a-rate": "error",
  "by-lacks-label": "error",
  "invented-events": "error",
  // Where the rules would be wrong or dead in the declared environment.
  "threshold-no-bucket": "error",
  "window-beyond-retention": "error",
  "range-too-short": "error",
  "evaluation-too-slow": "error",
  "too-many-rules": "error",
  "too-many-groups": "error",
  "missing-owner": "error",
  "missing-runbook": "error",
  "missing-receiver": "error",
  "unknown-team": "error",
  "hours-keep-open": "error",
  "missing-label": "error",
  "not-deployable": "error",
  "object-too-large": "error",
  "foreign-file": "error",
  "no-base": "error",
  // What a living Prometheus says of them.
  "prometheus-unreachable": "error",
  "prometheus-too-old": "error",
  "metric-never-seen": "error",
  "metric-gone": "error",
  "label-value-never-seen": "error",
  "label-absent": "error",
  "bucket-absent": "error",
  "histogram-differs": "error",
  "lookback-too-short": "error",
  "feature-off": "error",
  "expression-refused": "error",
  "retention-too-short": "error",
  "rule-fails": "error",
  // What is unknown, or a matter of taste.
  "braces-in-text": "warning",
  "tier-retuned": "warning",
  "retention-unknown": "warning",
  "threshold-off-list": "warning",
  "buckets-unknown": "warning",
  "nothing-declared": "warning",
  "preset-unused": "warning",
  "metric-name": "warning",
  "recorded-sum": "warning",
  "matcher-missing": "warning",
  "matcher-differs": "warning",
  "matcher-literal": "warning",
  "part-swapped": "warning",
  "names-nearly-same": "warning",
  "label-misspelt": "warning",
  "needless-zero": "warning",
  "bucket-spelling": "warning",
  "high-cardinality-label": "warning",
  "no-receivers": "warning",
  "owner-misspelt": "warning",
  "receiver-unused": "warning",
  "value-without-team": "warning",
  "limit-above-whole": "warning",
  "few-events": "warning",
  "long-exclusion": "warning",
  "former-name": "warning",
  "stale-loosening": "warning",
  "pages-twice": "warning",
  "pages-many": "warning",
  "pages-late": "warning",
  "depends-on-slower": "warning",
  "info-swallowed": "warning",
  "broken-link": "warning",
  "partial-unused": "warning",
  "runbook-long": "warning",
  "edited-by-hand": "warning",
  "metric-sometimes": "warning",
  "value-never-seen": "warning",
  "traffic-differs": "warning",
  "scrape-interval-differs": "warning",
  "up-missing": "warning",
  "query-slow": "warning",
  "just-started": "warning",
  "rules-not-loaded": "warning",
  "rules-stale": "warning",
  "rules-late": "warning",
  "external-label-collides": "warning",
  "cost-differs": "warning",
  "many-new-series": "warning",
  "rules-unreadable": "warning",
  "alerts-go-nowhere": "warning",
  "route-unheard": "warning",
  "muted-by-others": "warning",
  "nothing-proposed": "warning",
  // What is so, and nobody's mistake.
  "not-proven": "note",
  "metric-recorded": "note",
  "no-failure-yet": "note",
} as const satisfies Record<string, IssueLevel>;

export type IssueCode = keyof typeof issueLevels;

/** Where a declaration was written: 1-based line and column. */
export interface Source {
  /** The module's path, as it was loaded. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Counted from 1. */
  readonly column: number;
}

/** Keys from the declaration's root to the place, such as `["checkout", "slos", 0, "objective"]`. */
export type IssuePath = readonly (string | number)[];

/** One fact about a declaration, where it is, and what to do about it. */
export interface Issue {
  /** What kind of fact it is; docs/issues.md has a row for each. */
  readonly code: IssueCode;
  /** An `error` lets nothing be written, a `warning` does, and a `note` is nobody's mistake. */
  readonly level: IssueLevel;
  /** The declared value that it is about. */
  readonly path: IssuePath;
  /** States the fact, as a sentence. */
  readonly message: string;
  /** Says what to do, as a sentence. */
  readonly hint: string;
  /** Where the nearest constructor or `define…` was called. Left out where nothing of the sort was. */
  readonly source?: Source;
}

/** Makes an issue at its code's level. */
export function issue(code: IssueCode, path: IssuePath, message: string, hint: string, source?: Source): Issue {
  const fact: Issue = { code, level: issueLevels[code], path, message, hint };
  return source === undefined ? fact : { ...fact, source };
}

/** The path as people write it: `checkout.slos[0].objective`. */
export function printPath(path: IssuePath): string {
  return path.map((key, index) => printKey(key, index)).join("");
}

/** One issue as the command line prints it, with its hint on a second line. */
export function printIssue(fact: Issue): string {
  const place = fact.source ? `${fact.source.file}:${fact.source.line} ` : "";
  const level = fact.level === "error" ? "" : `${fact.level} `;
  return `${place}${level}${fact.code} ${printPath(fact.path)}: ${fact.message}\n  hint: ${fact.hint}`;
}

/** Sorted, errors first, so that the same declarations always print the same list. */
export function sortIssues(issues: readonly Issue[]): Issue[] {
  return [...issues].sort((a, b) => compare(sortKey(a), sortKey(b)));
}

/** Whether anything stops the build; `strict` counts warnings too, and never notes. */
export function hasErrors(issues: readonly Issue[], strict = false): boolean {
  return issues.some((fact) => fact.level === "error" || (strict && fact.level === "warning"));
}

function printKey(key: string | number, index: number): string {
  if (typeof key === "number") return `[${key}]`;
  const dotted = /^[A-Za-z_][\w-]*(\(\))?$/.test(key) ? key : JSON.stringify(key);
  return index === 0 ? dotted : `.${dotted}`;
}

const levels: readonly IssueLevel[] = ["error", "warning", "note"];

function sortKey(fact: Issue): string {
  const place = fact.source ? `${fact.source.file}:${String(fact.source.line).padStart(6, "0")}` : "";
  const path = fact.path.map((key) => (typeof key === "number" ? String(key).padStart(6, "0") : key)).join("\u0000");
  return `${levels.indexOf(fact.level)}\u0001${place}\u0001${path}\u0001${fact.code}\u0001${fact.message}`;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
