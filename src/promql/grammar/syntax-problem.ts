/** What is wrong with a text that should be PromQL. */

/** A mistake and the character where it begins, counted from 0. */
export interface SyntaxProblem {
  readonly message: string;
  readonly at: number;
}
