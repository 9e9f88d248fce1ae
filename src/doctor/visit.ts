/** One visit at a server, question after question: one that cannot be answered is an issue, and does not end the others. */
import { type Issue, type IssuePath, issue, type Source } from "../issue.ts";
import { type Connection, NoAnswer } from "./ask/no-answer.ts";

/** What is looked at. */
export interface Subject {
  readonly path: IssuePath;
  readonly source?: Source | undefined;
}

export interface Visit {
  readonly to: Connection;
  /** Everything so far. */
  readonly found: readonly Issue[];
  /** Adds what was found. */
  add(issues: readonly Issue[]): void;
  /**
   * The answer; where there is none, undefined and an issue.
   *
   * @throws {NoAnswer} where nothing else can be asked either.
   */
  look<T>(question: Promise<T>, subject?: Subject): Promise<T | undefined>;
  /** What was found at a subject and below. */
  foundAt(subject: Subject): readonly Issue[];
}

/** So many slow questions in a row: the server is overloaded, and each further one takes as long. */
const MOST_SLOW = 5;

export function visit(to: Connection): Visit {
  const found: Issue[] = [];
  let slow = 0;
  return {
    to,
    found,
    add: (issues) => void found.push(...issues),
    async look(question, subject = { path: [to.option] }) {
      try {
        const answer = await question;
        slow = 0;
        return answer;
      } catch (error) {
        if (!(error instanceof NoAnswer) || error.loss === "all") throw error;
        found.push(unanswered(error, subject));
        if (error.loss === "slow" && ++slow === MOST_SLOW) throw overloaded(to);
        return undefined;
      }
    },
    foundAt: ({ path: place }) => found.filter(({ path }) => place.every((key, index) => path[index] === key)),
  };
}

function unanswered({ issue: { code, message, hint }, loss }: NoAnswer, { path, source }: Subject): Issue {
  return issue(loss === "slow" ? "query-slow" : code, path, message, hint, source);
}

function overloaded({ url, option }: Connection): NoAnswer {
  return new NoAnswer(
    issue(
      "prometheus-unreachable",
      [option],
      `${url} did not answer ${MOST_SLOW} queries in a row in time: nothing else was asked.`,
      "Try again when the server is less busy, or look at its load.",
    ),
    "all",
  );
}

/** Whether its queries are slow: further ones would be, too. */
export function isSlow({ foundAt }: Visit, subject: Subject): boolean {
  return foundAt(subject).some(({ code }) => code === "query-slow");
}
