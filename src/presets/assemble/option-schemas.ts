/** Schemas of options that become parts of selectors: what is not sound is an issue, never a dead rule. */
import { z } from "zod";
import { groupLabelSchema } from "../../parse/text/labels.ts";
import { parseSelector } from "../../promql/grammar/parse.ts";
import { regexMistake } from "../../promql/regex.ts";
import { fault } from "../../sli/fault.ts";

/** A metric: a name, or a selector with matchers of its own. */
export const metricOption = z.string().refine((text) => parseSelector(text).ok, {
  error: "it is neither a metric's name nor a selector",
  params: fault("bad-selector", 'Give one metric, with matchers where it needs some: `ai_feedback_total{app="chat"}`.'),
});

/** What metric names begin with. */
export const namePart = z.string().regex(/^([a-zA-Z_:][a-zA-Z0-9_:]*)?$/, {
  error: "no metric's name begins so",
});

export const labelOption = groupLabelSchema;

/** A pattern of label values, in Prometheus' own syntax (RE2). */
export const patternOption = z.string().refine((text) => regexMistake(text) === undefined, {
  error: "it is not a pattern that Prometheus takes",
  params: fault("bad-value", "Write alternatives, such as `pass|correct`."),
});
