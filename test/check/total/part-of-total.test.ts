import { expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const slo = (total: string | readonly string[] | object, part: object) => [
  { ...availability, groupBy: [], sli: { kind: "events", total, ...part } },
];

test.each([
  ["bad that is the total", 'a_total{job="x"}', { bad: 'a_total{job="x"}' }, "same-as-total"],
  ["in another order", 'a_total{job="x",env="p"}', { good: 'a_total{env="p",job="x"}' }, "same-as-total"],
  ["good that is wider", 'a_total{job="x",code!~"5.."}', { good: 'a_total{job="x"}' }, "same-as-total"],
  ["what the total leaves out", 'a_total{code!~"5.."}', { bad: 'a_total{code=~"5.."}' }, "outside-total"],
  ["a part of what it leaves out", 'a_total{code!~"4..|5.."}', { bad: 'a_total{code=~"5.."}' }, "outside-total"],
  ["other codes", 'a_total{code=~"2.."}', { bad: 'a_total{code=~"5.."}' }, "outside-total"],
  ["one of other codes", 'a_total{code=~"2.."}', { bad: 'a_total{code="500"}' }, "outside-total"],
  ["another job", 'a_total{job="a"}', { bad: 'a_total{job="b",code=~"5.."}' }, "outside-total"],
  ["failures beside successes", "jobs_succeeded_total", { bad: "jobs_failed_total" }, "outside-total"],
  ["rollbacks beside commits", "pg_xact_commit", { bad: "pg_xact_rollback" }, "outside-total"],
  ["successes beside failures", "http_error_requests_total", { good: "http_ok_requests_total" }, "outside-total"],
  ["another metric of another job", 'a_total{job="a"}', { bad: 'a_errors_total{job="b"}' }, "matcher-differs"],
  ["good that fails", 'a_total{job="a"}', { good: 'a_total{job="a",code=~"5.."}' }, "part-swapped"],
  ["bad that works", 'a_total{job="a"}', { bad: 'a_total{job="a",status="success"}' }, "part-swapped"],
  ["bad of every code", 'a_total{job="x"}', { bad: 'a_total{job="x",code=~".*"}' }, "same-as-total"],
  ["bad of the job by a pattern", 'a_total{job="x"}', { bad: 'a_total{job=~"x"}' }, "same-as-total"],
  ["an expression of the total", "a_total", { bad: { promql: "sum( rate(a_total[$window]) )" } }, "same-as-total"],
  [
    "an expression of what the total leaves out",
    { promql: 'sum(rate(a_total{code!~"5.."}[$window]))' },
    { bad: { promql: 'sum(rate(a_total{code=~"5.."}[$window]))' } },
    "outside-total",
  ],
  ["every counter of a list", ["a_total", "b_total"], { bad: ["b_total", "a_total"] }, "same-as-total"],
  ["messages refused beside those taken", "msgs_acked_total", { bad: "msgs_nacked_total" }, "outside-total"],
  ["workflows of Temporal", "temporal_workflow_completed", { bad: "temporal_workflow_failed" }, "outside-total"],
  ["good that leaves out what is fine", "a_total", { good: 'a_total{grpc_code!="OK"}' }, "part-swapped"],
  ["errors by their name as good", "a_requests_total", { good: "a_errors_total" }, "part-swapped"],
  ["successes by their name as bad", "a_requests_total", { bad: "a_requests_succeeded_total" }, "part-swapped"],
  ["bad without an error", "a_requests_total", { bad: 'a_requests_total{error="false"}' }, "part-swapped"],
  ["a letter less", "http_requests_total", { bad: 'http_request_total{code=~"5.."}' }, "names-nearly-same"],
])("%s is found", (_name, total, part, code) => {
  const [field] = Object.keys(part);
  expect(findingsOf("parts", slo(total, part))).toEqual([`${code} gateway.slos[0].sli.${field}`]);
});

test.each([
  ["codes", 'a_total{job="x"}', { bad: 'a_total{job="x",code=~"5.."}' }],
  ["codes of all but some", 'a_total{code!~"4.."}', { bad: 'a_total{code=~"5.."}' }],
  ["patterns that may meet", 'a_total{path=~"/api/.*"}', { bad: 'a_total{path=~".*/users",code="500"}' }],
  ["an overlap of classes", 'a_total{code=~"[1-5].."}', { bad: 'a_total{code=~"5.."}' }],
  ["all but the good ones", "a_total", { bad: 'a_total{code!~"2.."}' }],
  ["good of all but the bad", "a_total", { good: 'a_total{code!~"5.."}' }],
  ["errors of requests", "a_requests_total", { bad: "a_errors_total" }],
  ["finished jobs", "jobs_finished_total", { good: "jobs_succeeded_total" }],
  ["an expression", "a_requests_total", { bad: { promql: "sum(rate(a_errors_total[$window]))" } }],
  ["failures of what began", 'a_total{event="started"}', { bad: 'a_total{event="failed"}' }],
  ["failures of what came in", 'a_total{type="task-received"}', { bad: 'a_total{type="task-failed"}' }],
  ["one of two counters", ["a_ok_total", "a_failed_total"], { bad: "a_failed_total" }],
  ["parts in the same list", ["reads_total", "writes_total"], { bad: ["reads_lost_total", "writes_lost_total"] }],
  ["jobs that are completed, well or not", "jobs_completed_total", { bad: "jobs_failed_total" }],
  ["series with an error's type", "a_total", { bad: 'a_total{error_type!=""}' }],
])("%s are sound", (_name, total, part) => expect(findingsOf("parts", slo(total, part))).toEqual([]));

test.each([
  ["both the same", { good: "a_total", bad: "a_total" }, "counted-twice", "bad"],
  ["failures inside of good", { good: "a_total", bad: 'a_total{code=~"5.."}' }, "counted-twice", "bad"],
  ["good of another job", { good: 'a_ok_total{job="a"}', bad: 'a_bad_total{job="b"}' }, "matcher-differs", "bad"],
  [
    "a list that holds a part twice",
    { total: ["a_total", 'a_total{x="1"}'], bad: "b_total" },
    "counted-twice",
    "total",
  ],
])("without a total, %s is found", (_name, sli, code, field) => {
  const declared = [{ ...availability, groupBy: [], sli: { kind: "events", ...sli } }];
  expect(findingsOf("parts", declared)).toEqual([`${code} gateway.slos[0].sli.${field}`]);
});

test("successes and failures without a total are sound", () => {
  const sli = { kind: "events", good: 'a_total{code!~"5.."}', bad: 'a_total{code=~"5.."}' };
  expect(findingsOf("parts", [{ ...availability, groupBy: [], sli }])).toEqual([]);
});

test("an experiment's SLIs are asked as well", () => {
  const sli = { kind: "events", total: "a_total", bad: "a_total" };
  const experiment = { name: "prompt", label: "variant", baseline: "a", slis: [{ name: "ok", sli }] };
  expect(findingsOf("parts", [], {}, { experiments: [experiment] })).toEqual([
    "same-as-total gateway.experiments[0].slis[0].sli.bad",
  ]);
});

test("successes and failures: the hint says how they make a total", () => {
  expect(hintOf("parts", slo('jobs_succeeded_total{job="x"}', { bad: 'jobs_failed_total{job="x"}' }))).toBe(
    'Write events({ good: "jobs_succeeded_total{job=\\"x\\"}", bad: "jobs_failed_total{job=\\"x\\"}" }).',
  );
});

test.each([
  ['code="5.."', 1],
  ['code=~"5xx"', 1],
  ['code=~"[45]xx"', 1],
  ['code!~"5xx"', 1],
  ['code=~"5.."', 0],
  ['code="5xx"', 0],
  ['code="500"', 0],
  ['code=~"5"', 1],
  ['code=~"^5"', 1],
  ['status=~"5*"', 1],
  ['priority=~"5"', 0],
  ['path="a.."', 0],
])("%s is a text or a pattern", (matcher, count) => {
  expect(findingsOf("literal-matchers", slo("a_total", { bad: `a_total{${matcher}}` }))).toHaveLength(count);
});
