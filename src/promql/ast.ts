/**
 * PromQL as data: the few node kinds that this project writes. It knows nothing of SLOs.
 * Grammar: https://prometheus.io/docs/prometheus/latest/querying/basics/
 */

export type MatchOp = "=" | "!=" | "=~" | "!~";

/** One label matcher. `value` is the label value itself; quoting is the printer's work. */
export interface Matcher {
  readonly label: string;
  readonly op: MatchOp;
  readonly value: string;
}

/** A vector selector: instant, or a range when `rangeMs` is set. Durations are in milliseconds. */
export interface Selector {
  readonly node: "selector";
  /** Empty when the name is given by a `__name__` matcher. */
  readonly metric: string;
  readonly matchers: readonly Matcher[];
  readonly rangeMs?: number;
  readonly offsetMs?: number;
}

export interface NumberLiteral {
  readonly node: "number";
  readonly value: number;
}

export interface StringLiteral {
  readonly node: "string";
  readonly value: string;
}

export interface Call {
  readonly node: "call";
  readonly name: string;
  readonly args: readonly Expr[];
}

/** `sum by (model) (x)`. An empty `by` prints no clause. `without` is given in place of `by`. */
export interface Aggregation {
  readonly node: "aggregation";
  readonly op: string;
  readonly by: readonly string[];
  readonly without?: readonly string[];
  readonly expr: Expr;
}

export type BinaryOp =
  | "+"
  | "-"
  | "*"
  | "/"
  | "%"
  | "^"
  | "=="
  | "!="
  | ">"
  | "<"
  | ">="
  | "<="
  | "and"
  | "or"
  | "unless";

/** `on (…)` or `ignoring (…)`, with `group_left` or `group_right` where one side is many. */
export interface Matching {
  readonly type: "on" | "ignoring";
  readonly labels: readonly string[];
  readonly group?: "left" | "right";
  readonly include?: readonly string[];
}

export interface Binary {
  readonly node: "binary";
  readonly op: BinaryOp;
  readonly left: Expr;
  readonly right: Expr;
  /** Comparison gives 0 or 1 instead of filtering. */
  readonly bool?: boolean;
  readonly matching?: Matching;
}

/** `expr[range:step]`. */
export interface Subquery {
  readonly node: "subquery";
  readonly expr: Expr;
  readonly rangeMs: number;
  readonly stepMs: number;
  readonly offsetMs?: number;
}

/** A user's expression, kept to the letter. It has been parsed, so it prints in parentheses unharmed. */
export interface Raw {
  readonly node: "raw";
  readonly text: string;
}

export type Expr = Selector | NumberLiteral | StringLiteral | Call | Aggregation | Binary | Subquery | Raw;
