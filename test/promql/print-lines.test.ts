/** Where a long expression is broken: as a reader would pause. Lines are 48 characters here, so that examples stay small. */
import { expect, test } from "vitest";
import { print } from "../../src/promql/print.ts";
import { readBack } from "./read-back.ts";

const WIDTH = 48;

test.each<[string, string]>([
  [
    "a call opens on the line of its aggregation, and ends on that of its selector",
    `
sum by (model) (rate(
  requests_total{job="api"}[5m]))`,
  ],
  [
    "a long selector has a line of its own",
    `
sum by (model) (rate(
  requests_total{job="api", code=~"5.."}[5m]))`,
  ],
  [
    "what is taken away is indented, and a short end follows",
    `
errors_total{job="api"}
  - last_over_time(
    errors_total{job="api"}[5m] offset 40s) >= 0`,
  ],
  [
    "what fits stays on one line",
    `
a_total{job="api"} / b_total{job="api"}`,
  ],
  [
    "both sides of a division have lines of their own",
    `
sum(a_total{job="api"})
/
sum(b_total{job="api"})`,
  ],
  [
    "and those of a set operator",
    `
sum(a_total{job="api"})
or
sum(b_total{job="api"})`,
  ],
  [
    "what binds more tightly stays together",
    `
a_total{job="api"} and b_total{job="api"}
or
c_total{job="api"}`,
  ],
  [
    "from left to right",
    `
a_total{job="api"} unless b_total{job="api"}
and
c_total{job="api"}`,
  ],
  [
    "a number stands before what it multiplies",
    `
0 * count by (model) (requests_total{job="api"})`,
  ],
  [
    "and before what is taken from it",
    `
1 -
  sum(a_total{job="api"})
  /
  sum(b_total{job="api"})`,
  ],
  [
    "a comparison follows the sum that it is about",
    `
sum(a_total{job="api"})
  + sum(b_total{job="api"}) > 14.4 * 0.001`,
  ],
  [
    "a vector that is joined stands on a line",
    `
a_total{job="api"}
* on (job, instance) group_left (zone)
info_of_job`,
  ],
  [
    "and so does one that is too wide to be indented",
    `
a_total{job="api"}
+ on (job, instance) group_left ()
verylong_info_of_job_total`,
  ],
  [
    "texts of a call share a line",
    `
label_replace(
  requests_total{job="api"},
  "a", "$1", "b", "(.*)"
)`,
  ],
  [
    "one argument opens with its call",
    `
scalar(clamp_max(
  count_over_time(x_ratio{a="b"}[1h:5m]) / 12, 1
))
  * y_ratio`,
  ],
  [
    "a comparison is closed up before the next operator",
    `
max_over_time(requests_total{job="api"}[1h:5m])
  > 0
unless on (job)
up{job="api"} == 1`,
  ],
  [
    "arguments have a line each",
    `
histogram_quantile(
  0.99,
  sum by (le) (rate(
    d_seconds_bucket{job="api"}[5m]))
)`,
  ],
  [
    "parentheses stay where they are short",
    `
(a_total{job="api"} or b_total{job="api"}) / 2`,
  ],
  [
    "comparisons side by side",
    `
sum(a_total{job="api"}) > 5
and
sum(b_total{job="api"}) > 5`,
  ],
  [
    "what is excluded stands in parentheses",
    `
vector(1)
unless on ()
(day_of_week() == 0 and on () hour() >= 22)`,
  ],
  [
    "an argument fills its line",
    `
abs(
  a_total{job="api"} + b_total{job="api", x="1"}
)`,
  ],
  [
    "so do several",
    `
label_join(
  a_total{job="api"}, "b", "11111111111111", "c"
)`,
  ],
  [
    "an aggregation that just fits",
    `
sum by (model) (a_total{job="api"} + b{x="111"})`,
  ],
  [
    "one that is a character too long",
    `
sum by (model) (
  a_total{job="api"} + b{x="1111"}
)`,
  ],
  [
    "an aggregation of a call that just fits",
    `
sum by (model) (rate(a{job="api", x="111"}[5m]))`,
  ],
  [
    "that is a character too long",
    `
sum by (model) (rate(
  a{job="api", x="1111"}[5m]))`,
  ],
  [
    "a call of a call that just fits",
    `
abs(ceil(a{job="api"} + b{x="111111111111111"}))`,
  ],
  [
    "that is too long by one",
    `
abs(ceil(
  a{job="api"} + b{x="1111111111111111"}
))`,
  ],
  [
    "what binds more tightly is indented where it is long",
    `
a_total{job="api"}
  and b_total{job="api", x="123"}
or
c_total{job="api"}`,
  ],
])("%s", (_what, layout) => {
  const text = layout.trimStart();
  expect(print(readBack(text), WIDTH)).toBe(text);
  expect(Math.max(...text.split("\n").map(({ length }) => length))).toBeLessThanOrEqual(WIDTH);
});
