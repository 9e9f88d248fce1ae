/**
 * What users feel and what stops the harm, where the metric says more than the kind of SLI does: not every histogram is
 * of latencies, and not every gauge is full when it is high.
 */
import type { Words } from "../../../sli/kind.ts";
import type { Check } from "./first-checks.ts";

export interface Harm {
  readonly impact: string;
  readonly mitigation: string;
  /** What to look at first, where the checks of the symptom would mislead. */
  readonly checks?: readonly Check[];
}

/** Of an SLO whose bad events have these words; undefined where the words of its symptom are true of it. */
export function knownHarm({ bad, symptom }: Words): Harm | undefined {
  const known = KNOWN.find(({ of }) => of.test(bad));
  if (known) return known;
  const usual = USUAL[symptom];
  return usual === undefined || usual.test(bad) ? undefined : NEUTRAL;
}

/** Said of anything: what is bad stands in the section on its meaning. */
const NEUTRAL: Harm = {
  impact: "More is bad than the objective allows. What counts as bad is under [Meaning](#meaning).",
  mitigation: "Undo the latest change if the times agree; otherwise relieve the group or instance that stands out.",
};

/** In the words of bad events, the metrics of which a symptom's general words are true. */
const USUAL: Partial<Record<Words["symptom"], RegExp>> = {
  errors: /error|fail|request|respon|status|code[!=]|exception|rpc|http|call/i,
  latency: /latency|duration|seconds|time|delay|_ms\b|milliseconds/i,
  saturation: /queue|wait|pending|backlog|lag|in.?flight|usage|used|util|saturat|cpu|memory|disk|connections/i,
  throughput: /counts less/,
};

/** The first that fits. */
const KNOWN: readonly (Harm & { readonly of: RegExp })[] = [
  {
    of: /cost|dollars|_usd|_eur|spend/,
    impact: "Costs are above the threshold too often. Answers are not affected.",
    mitigation:
      "Find out who spends and on what; lower the limit of that key, team or user, or move it to a cheaper way.",
    checks: [
      {
        what: "A few, or many",
        how: "Did a few users spend a lot, or many a little more? Logs and the gateway's keys know who it was: metrics have no user label.",
      },
      {
        what: "What it is spent on",
        how: "More requests, longer ones, or a more expensive model? Compare requests, tokens per request and the mix of models with last week's.",
      },
    ],
  },
  {
    of: /deployment_state/,
    impact: "A deployment behind a model is impaired or down. Users notice where no other one answers in its place.",
    mitigation: "Take the deployment out of rotation or fail over to another one; then see its provider's status page.",
  },
  {
    of: /overhead/,
    impact: "The proxy itself delays every request, whatever is behind it.",
    mitigation: "Scale the proxy out; look for slow calls to its database, its cache and its callbacks.",
  },
  {
    of: /requests that met/,
    impact: "Users get answers, but later than promised.",
    mitigation: "Scale out or shed load, limit output tokens and long prompts, take a slow instance out of rotation.",
  },
  {
    of: /finished_reason="abort"/,
    impact: "Clients hang up before their answer is complete, usually because it takes too long.",
    mitigation: "Treat latency and queueing first; then look for a client whose timeout is too short.",
  },
  {
    of: /preemption/,
    impact: "Running requests are interrupted and computed again, since the KV cache is full: answers take longer.",
    mitigation: "Shed load, limit concurrent requests and long prompts, or add engines. Restarting one makes it worse.",
  },
  {
    of: /KV cache/i,
    impact: "The KV cache is full while requests wait: answers take longer, and running requests may be interrupted.",
    mitigation: "Shed load, limit concurrent requests and long prompts, or add engines. Restarting one makes it worse.",
  },
  {
    of: /queue_time|queue_duration/,
    impact: "Requests wait longer before any work on them begins.",
    mitigation: "Shed or limit load first; new capacity takes a while to arrive.",
  },
  {
    of: /guardrail/,
    impact: "A guardrail fails. Depending on its mode, requests are refused or pass unchecked.",
    mitigation: "Look at the guardrail's own service and credentials; decide with its owner whether requests may pass.",
  },
  {
    of: /fallback/,
    impact: "Requests that failed once fail on the fallback too: users get errors.",
    mitigation: "Repair what the fallback leads to or choose another one; then see why the first choice fails.",
  },
  {
    of: /="429"|rate_?limit|throttl/i,
    impact: "Clients are refused because a limit is reached. Most of them retry.",
    mitigation: "Find the key, team or model that reaches its limit; raise that limit, or slow that client down.",
  },
];
