/** What a Prometheus says of a project to be: SLOs to propose, and how long it keeps samples. */
import { runtimeInfo } from "../doctor/ask/answers.ts";
import { type Connection, NoAnswer } from "../doctor/ask/no-answer.ts";
import { ask, connectionOf } from "../doctor/ask/prometheus.ts";
import { ifKnown } from "../doctor/ask/queries.ts";
import { secondsOf } from "../doctor/ask/time.ts";
import { type Issue, issue } from "../issue.ts";
import { type Proposal, propose } from "./propose.ts";

export interface Survey {
  readonly proposals: readonly Proposal[];
  readonly retentionSeconds: number | undefined;
  readonly issues: readonly Issue[];
}

/** @param environment - Holds the credentials, as for `doctor`. */
export async function survey(url: string, environment: Readonly<Record<string, string | undefined>>): Promise<Survey> {
  const connection = connectionOf(url, environment);
  if ("code" in connection) return failed(connection);
  try {
    const proposals = await propose(connection);
    const issues = proposals.length === 0 ? [nothingKnown(url)] : [];
    return { proposals, retentionSeconds: await retentionOf(connection), issues };
  } catch (error) {
    if (error instanceof NoAnswer) return failed(error.issue);
    throw error;
  }
}

function failed(problem: Issue): Survey {
  return { proposals: [], retentionSeconds: undefined, issues: [problem] };
}

function nothingKnown(url: string): Issue {
  return issue(
    "nothing-proposed",
    ["--prometheus"],
    `${url} has no metrics of a system that a preset knows.`,
    "The declaration is a first one to change: docs/presets.md lists the systems, docs/sli-kinds.md what else can be measured.",
  );
}

/** Not every server says it. */
async function retentionOf(to: Connection): Promise<number | undefined> {
  const info = await ifKnown(ask(to, "status/runtimeinfo", runtimeInfo));
  return secondsOf(info?.storageRetention);
}
