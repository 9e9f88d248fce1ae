/** What runbooks say beyond what is measured: the error-budget policy, and first checks. */

/** What was agreed for the time when the error budget runs out. People are notified; nothing is enforced. */
export interface PolicyDeclaration {
  /** What is left, as a share of the budget, when risky changes stop. Default 0: when it is spent. */
  readonly freezeAt?: number;
  /** What is left, as a share of the budget, when people are notified that it runs out, such as `0.25`. Default: nobody is. */
  readonly warnBelow?: number;
  /** Times in which the freeze does not hold. The alert names them; no rule knows them. Default: none. */
  readonly exceptions?: readonly PolicyExceptionDeclaration[];
  /** What it asks for, in a few sentences: who decides, and what goes first. Default: nothing. */
  readonly says?: string;
}

/** The freeze does not hold until the end of a day. */
export interface PolicyExceptionDeclaration {
  /** A date: `2027-01-31`. */
  readonly until: string;
  /** A reason, for whoever reads of the freeze. */
  readonly why: string;
}

/** What to look at first when an SLO burns. It takes the place of the general first checks in its runbook. */
export interface CheckDeclaration {
  /** What is looked at, in a few words: `"Requests that wait"`. */
  readonly what: string;
  /** What the answer means, and what helps: a sentence or two. Default: nothing. */
  readonly how?: string;
  /** PromQL that shows it, answered also while nothing is wrong. Default: none, and the check is a question. */
  readonly query?: string;
}
