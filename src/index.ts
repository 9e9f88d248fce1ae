/** The public API: what a declarations module imports. */
export { type Issue, type IssueCode, type IssueLevel, type IssuePath, printIssue, type Source } from "./issue.ts";
export {
  composite,
  eur,
  events,
  freshness,
  gauge,
  latency,
  meanOfSlices,
  probe,
  ratio,
  score,
  spend,
  template,
  throughput,
  timeSlices,
  tokens,
  usd,
} from "./model/construct.ts";
export type * from "./model/declaration.ts";
export { definePlatform, defineService, defineSlo } from "./model/define.ts";
