/** One cause is one issue: what a field of the platform does to many SLOs is said once, at that field, with how many there are. */
import { type Issue, type IssueCode, issue, printPath } from "../issue.ts";

/** The issues, of which more than three that say the same of one field of the platform are one. */
export function joined(issues: readonly Issue[]): Issue[] {
  const groups = Map.groupBy(issues, (fact) =>
    CAUSES[fact.code] === undefined ? fact : `${fact.code} ${fact.message}`,
  );
  return [...groups.values()].flatMap((alike) => (alike.length > MOST ? [asOne(alike)] : alike));
}

const MOST = 3;

/** The field of the platform that ends all of them. */
const CAUSES: Partial<Readonly<Record<IssueCode, string>>> = {
  "window-beyond-retention": "retention",
  "missing-runbook": "runbooks",
};

function asOne(alike: readonly Issue[]): Issue {
  const [first] = alike as readonly [Issue, ...Issue[]];
  const some = alike.slice(0, MOST).map(({ path }) => printPath(path));
  const places = `${alike.length} times: at ${some.join(", ")} and ${alike.length - MOST} more`;
  const message = `${first.message.replace(/\.$/, "")}, ${places}.`;
  return issue(first.code, ["platform", CAUSES[first.code] ?? ""], message, first.hint);
}
