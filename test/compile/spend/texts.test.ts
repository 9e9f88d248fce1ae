/** What people read of the rules of budgets and experiments. */
import { expect, test } from "vitest";
import { eur, experiment, spend, usd } from "../../../src/declare/construct.ts";
import { textsOf } from "../texts.ts";
import { planWith } from "./months.ts";

const metric = "cost_dollars_total";

function textsOfBudget(budget: ReturnType<typeof spend>): string {
  return textsOf(planWith({ budgets: [budget] }).services[0]?.budgets[0]?.groups ?? []);
}

test("of a day, with limits of its own for some", () => {
  const more = { anomaly: { atLeast: usd(2) }, requests: "requests_total", unitCost: { perRequest: usd(1) } } as const;
  const limits = { "gpt-4": usd(30), other: usd(5) };
  const budget = spend({ name: "b", metric, per: "day", limit: usd(50), by: ["model"], limits, ...more });
  expect(textsOfBudget(budget)).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target was scraped before. Scrapes missed for [5m] lose nothing.
    # 4m of spend in one sample, once every 4m: what the period and the slow windows read.
    # The share of every limit that was spent in the evaluation before: in all, and of single values.
    # Burn rates: 1 spends the limit in exactly its period.
    # Not where the period ends before the limit is reached at this pace.
    BudgetBurnFast: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }}{{ with printf \`(1 - budget:used_ratio{slo_service="svc", budget="b", model=%[1]q}) * 86400 / budget:burn_rate:5m{slo_service="svc", budget="b", model=%[1]q} > 0\` $labels.model | query }}, limit in {{ first . | value | humanizeDuration }}{{ end }} | In the last 1h it was spent {{ $value | humanize }} times as fast as the limit allows per day: over 25% of it went in that time.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }} Nothing stops by itself: an alert enforces no limit.
    # What it was a tile ago, unless a new day began since, plus the newest tile (the label "part" lets \`or\` add the two where either may be missing).
    # What is spent at the period's end if it goes on as in the last 6h. Not in the first 25% of the period: the pace would be that of the period before.
    BudgetSpent50: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }} | {{ $value | humanizePercentage }} of what may be spent per day is spent.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetSpent80: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }} | {{ $value | humanizePercentage }} of what may be spent per day is spent.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetSpent100: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }} | {{ $value | humanizePercentage }} of what may be spent per day is spent.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }} Nothing stops by itself: an alert enforces no limit.
    # Not where the period ends before the limit is reached at this pace. Not once it is spent: another alert says so. Not while a faster burn fires.
    BudgetBurnSlow: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }}{{ with printf \`(1 - budget:used_ratio{slo_service="svc", budget="b", model=%[1]q}) * 86400 / budget:burn_rate:15m{slo_service="svc", budget="b", model=%[1]q} > 0\` $labels.model | query }}, limit in {{ first . | value | humanizeDuration }}{{ end }} | In the last 3h it was spent {{ $value | humanize }} times as fast as the limit allows per day: over 37.5% of it went in that time.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetForecast: svc/b{{ with $labels.model }} {{ . }}{{ end }}: {{ with printf \`budget:forecast_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }}, at this pace | At the pace of the last 6h, {{ $value | humanizePercentage }} of what may be spent per day will be spent by its end.{{ with query \`budget:day_start_seconds{slo_service="svc", budget="b"} + 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}{{ if not $labels.model }}{{ with query \`topk(1, budget:spend_dollars:day{slo_service="svc", budget="b"})\` }} Most: {{ first . | label "model" }}, \${{ first . | value | printf "%.2f" }}.{{ end }}{{ end }}
    BudgetAnomaly: svc/b{{ with $labels.model }} {{ . }}{{ end }}: spent as in no week before, {{ with printf \`budget:used_ratio{slo_service="svc", budget="b", model=%[1]q} * on (model) group_left () budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }}\${{ first . | value | printf "%.2f" }}{{ end }}{{ with printf \`budget:limit_dollars{slo_service="svc", budget="b", model=%[1]q}\` $labels.model | query }} of \${{ first . | value | printf "%.2f" }} today{{ end }} | In the last 1h over 50% more was spent than at this hour in each of the last three weeks.
    BudgetUnitCost: svc/b costs too much per {{ $labels.unit }}. | It cost {{ $value | humanize }} dollars within the last hour; the limit is $1 per request.
    # Spent within six hours, and now nobody says how much: a budget that cannot be seen cannot be kept.
    BudgetNoData: svc/b: no data on what is spent | Something was spent within six hours, and for an hour the metric has had no series at all.
    # No series within a day: most often a misspelt metric.
    BudgetBroken: svc/b is not counted correctly: never any data | The metric has had no series for a day, or since the rules are there: a name or a matcher is misspelt, or nobody exports it.
    BudgetBroken: svc/b is not counted correctly: evaluations missed | In the last six hours more than a twentieth of the evaluations did not take place: what was spent then was not counted.
    # No series has the label model: everything is one nameless part, without a limit.
    BudgetBroken: svc/b is not counted correctly: by label missing | The budget is split by model, and no series has such a label: limits of parts are compared with nothing.
    # A value that has a limit and no series within a week: most often it is misspelt in \`limits\`.
    BudgetBroken: svc/b is not counted correctly: limit never seen | A limit is given for {{ $labels.model }}, and within a week, or since the rules are there, nothing has spent by that name: it is misspelt in limits, or nobody uses it any more.
    # Requests flow, and none has cost anything.
    BudgetBroken: svc/b is not counted correctly: cost not counted | For an hour requests have flowed and none of them has cost anything."
  `);
});

test("of a month of priced tokens", () => {
  const models = { large: { input: eur(10), output: eur(30) } };
  const prices = { tokens: "tokens_total", type: "type", model: "model", per: "1M", models } as const;
  expect(textsOfBudget(spend({ name: "b", prices, per: "month", limit: eur(50) }))).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target was scraped before. Scrapes missed for [5m] lose nothing.
    # What the tokens of the evaluation before cost. Those without a price are free, and told below.
    # 4m of spend in one sample, once every 4m: what the period and the slow windows read.
    # The share of every limit that was spent in the evaluation before: in all, and of single values.
    # Burn rates: 1 spends the limit in exactly its period.
    # Not where the period ends before the limit is reached at this pace.
    BudgetBurnFast: svc/b: {{ with query \`budget:used_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }}{{ with query \`(1 - budget:used_ratio{slo_service="svc", budget="b"}) * 2592000 / budget:burn_rate:5m{slo_service="svc", budget="b"} > 0\` }}, limit in {{ first . | value | humanizeDuration }}{{ end }} | In the last 1h it was spent {{ $value | humanize }} times as fast as the limit allows per month: over 2% of it went in that time.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }} Nothing stops by itself: an alert enforces no limit.
    # What it was a tile ago, unless a new month began since, plus the newest tile (the label "part" lets \`or\` add the two where either may be missing). A pause of the ruler of over 3d forgets the month.
    # What is spent at the period's end if it goes on as in the last 3d. Not in the first 11% of the period: the pace would be that of the period before.
    BudgetSpent50: svc/b: {{ with query \`budget:used_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }} | {{ $value | humanizePercentage }} of what may be spent per month is spent.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetSpent80: svc/b: {{ with query \`budget:used_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }} | {{ $value | humanizePercentage }} of what may be spent per month is spent.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetSpent100: svc/b: {{ with query \`budget:used_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }} | {{ $value | humanizePercentage }} of what may be spent per month is spent.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }} Nothing stops by itself: an alert enforces no limit.
    # Not where the period ends before the limit is reached at this pace. Not once it is spent: another alert says so. Not while a faster burn fires.
    BudgetBurnSlow: svc/b: {{ with query \`budget:used_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }}{{ with query \`(1 - budget:used_ratio{slo_service="svc", budget="b"}) * 2592000 / budget:burn_rate:30m{slo_service="svc", budget="b"} > 0\` }}, limit in {{ first . | value | humanizeDuration }}{{ end }} | In the last 6h it was spent {{ $value | humanize }} times as fast as the limit allows per month: over 5% of it went in that time.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }} Nothing stops by itself: an alert enforces no limit.
    BudgetForecast: svc/b: {{ with query \`budget:forecast_ratio{slo_service="svc", budget="b"} * on () group_left () budget:limit_euros{slo_service="svc", budget="b"}\` }}{{ first . | value | printf "%.2f" }} euros{{ end }}{{ with query \`budget:limit_euros{slo_service="svc", budget="b"}\` }} of {{ first . | value | printf "%.2f" }} euros this month{{ end }}, at this pace | At the pace of the last 3d, {{ $value | humanizePercentage }} of what may be spent per month will be spent by its end.{{ with query \`budget:month_start_seconds{slo_service="svc", budget="b"} + on () days_in_month(vector(time())) * 86400 - time()\` }} Resets in {{ first . | value | humanizeDuration }}.{{ end }}
    # Spent within six hours, and now nobody says how much: a budget that cannot be seen cannot be kept.
    BudgetNoData: svc/b: no data on what is spent | Something was spent within six hours, and for an hour the metric has had no series at all.
    # No series within a day: most often a misspelt metric.
    BudgetBroken: svc/b is not counted correctly: never any data | The metric has had no series for a day, or since the rules are there: a name or a matcher is misspelt, or nobody exports it.
    BudgetBroken: svc/b is not counted correctly: evaluations missed | In the last six hours more than a twentieth of the evaluations did not take place: what was spent then was not counted.
    # The rules were not evaluated for three days, longer than the sum remembers: it began anew.
    BudgetBroken: svc/b is not counted correctly: gap | The rules were not evaluated for over three days, and the sum of the period began anew: it is too low until the next period.
    # Models that used tokens within the hour and have no price.
    BudgetBroken: svc/b is not counted correctly: unpriced model | A model uses tokens and the price table does not know it: it counts as free."
  `);
});

test("of an experiment with a cost", () => {
  const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
  const trial = experiment({
    name: "trial",
    label: "variant",
    baseline: "A",
    slis: [{ name: "success", sli }],
    cost: { metric, per: "requests_total" },
    atLeast: 0.02,
  });
  const [plan] = planWith({ experiments: [trial] }).services;
  expect(textsOf(plan?.experiments[0]?.groups ?? [])).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target had a total before. Scrapes missed for [5m] lose nothing.
    # Where nothing bad is counted it is 0, for every group that has a total.
    # Counted in the same way, and of a new series on a target that was scraped before, all that it shows.
    # 4m of events in one sample, once every 4m: what the window is summed from.
    # Events of the last 1d in each group that takes part.
    # Its variance, p * (1 - p) / n, with one bad and one good event more than seen: a few good ones alone prove nothing. With under 500 events, none.
    # By how many standard errors a variant is worse than the baseline.
    # 3 worse, 2 better, 1 no difference beyond noise, 0 too few events.
    ExperimentWorse: svc/trial {{ $labels.variant }}: worse at {{ $labels.sli }}{{ with printf \`experiment:bad_ratio{slo_service="svc", experiment="trial", sli=%[1]q, variant=%[2]q}\` $labels.sli $labels.variant | query }}, {{ first . | value | humanizePercentage }} bad{{ end }}{{ with printf \`experiment:bad_ratio{variant="A", slo_service="svc", experiment="trial", sli=%[1]q}\` $labels.sli | query }}, baseline {{ first . | value | humanizePercentage }}{{ end }} | By {{ $value | humanize }} standard errors over the last 1d, more than 4: no noise. The baseline is "A"."
  `);
});
