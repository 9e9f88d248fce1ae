/** What people read of the rules of an SLO. */
import { expect, test } from "vitest";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { planWith } from "../spend/months.ts";
import { textsOf } from "../texts.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

function textsOfSlo(slo: Partial<SloDeclaration>): string {
  const [service] = planWith({ slos: [{ name: "s", objective: 99.9, sli, ...slo } as SloDeclaration] }).services;
  return textsOf(service?.slos[0]?.groups ?? []);
}

test("of a month, by two labels", () => {
  const slo = { groupBy: ["model", "region"], window: { calendar: "month" } } as const;
  expect(textsOfSlo(slo)).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target had a total before. Scrapes missed for [5m] lose nothing.
    # Where nothing bad is counted it is 0, for every group that has a total.
    # Scaled by the share of the long window in which the rules ran: what was before them counts as good. 12 is 1h / 5m.
    SloBurnPageFast: svc/s {{ $labels.model }} {{ $labels.region }}: {{ with printf \`slo:error_ratio:rate5m{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001\` $labels.model $labels.region | query }}{{ first . | value | printf "%.0f" }}×{{ end }}{{ with printf \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}, 0) * 2592000 / (slo:error_ratio:rate5m{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001)\` $labels.model $labels.region | query }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 1h for model "{{ $labels.model }}", region "{{ $labels.region }}"; this alert allows 1.44%. Bad: events of \`errors_total\`.{{ with printf \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}\` $labels.model $labels.region | query }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Not while a faster page fires, nor until what it told has left this short window. 72 is 6h / 5m.
    SloBurnPageSlow: svc/s {{ $labels.model }} {{ $labels.region }}: {{ with printf \`slo:error_ratio:rate30m{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001\` $labels.model $labels.region | query }}{{ first . | value | printf "%.0f" }}×{{ end }}{{ with printf \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}, 0) * 2592000 / (slo:error_ratio:rate30m{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001)\` $labels.model $labels.region | query }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 6h for model "{{ $labels.model }}", region "{{ $labels.region }}"; this alert allows 0.6%. Bad: events of \`errors_total\`.{{ with printf \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}\` $labels.model $labels.region | query }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Sent to nobody: it holds back the tickets of this SLO and the alerts of what depends on it, hours longer than the page.
    SloBurning: svc/s is paging: its tickets, and alerts of what depends on it, are held back. | 
    # A tile: 4m of events in one sample, once every 4m, for tickets and the budget. Offset: newer ones may not show yet.
    # How many series count, by job; 0: none now, and some before.
    # Bad events are counted, and the total counts none: all that can be seen is bad.
    SloOnlyErrors: svc/s {{ $labels.model }} {{ $labels.region }}: only bad events are counted | In the last 5m bad events were counted for model "{{ $labels.model }}", region "{{ $labels.region }}", and the total counted none: all that can be seen is bad.
    # Since the month began: what it was a tile ago (nothing, if a new month has begun), and the tile.
    # Which month the sums are of. Of 300 seconds ago, which is how old a tile is when it is added.
    # When a group was first counted in this month: of one that was there before, the month's begin or soon after.
    # The error ratio of the month so far.
    # What is left of the month's budget, if traffic goes on as it was and nothing more is bad. The time before a group was first counted counts as good.
    # The share of evaluations that took place. The constants that follow are for dashboards.
    # Not while SloBurning fires: the page has told it.
    SloBurnTicketFast: svc/s {{ $labels.model }} {{ $labels.region }}: {{ with printf \`slo:error_ratio:rate2h{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001\` $labels.model $labels.region | query }}{{ first . | value | printf "%.1f" }}×{{ end }}{{ with printf \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}, 0) * 2592000 / (slo:error_ratio:rate2h{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001)\` $labels.model $labels.region | query }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 1d for model "{{ $labels.model }}", region "{{ $labels.region }}"; this alert allows 0.3%. Bad: events of \`errors_total\`.{{ with printf \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}\` $labels.model $labels.region | query }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    SloBurnTicketSlow: svc/s {{ $labels.model }} {{ $labels.region }}: {{ with printf \`slo:error_ratio:rate6h{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001\` $labels.model $labels.region | query }}{{ first . | value | printf "%.1f" }}×{{ end }}{{ with printf \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}, 0) * 2592000 / (slo:error_ratio:rate6h{slo_service="svc", slo="s", model=%[1]q, region=%[2]q} / 0.001)\` $labels.model $labels.region | query }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 3d for model "{{ $labels.model }}", region "{{ $labels.region }}"; this alert allows 0.1%. Bad: events of \`errors_total\`.{{ with printf \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s", model=%[1]q, region=%[2]q}\` $labels.model $labels.region | query }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # No data now, and a job that counted had targets within the day and has none any more.
    SloNoData: svc/s: no data | Within the day its jobs had targets and its metrics had series; now they have none.
    # Traffic within the day, and for hours no group has any data.
    SloNoData: svc/s: no data | Events were counted within the day, and for three hours nothing has counted them in any group.
    # More bad events than events.
    SloBroken: svc/s is not measured correctly: bad over total | In the last 1h there were more bad events than events: the two do not count the same.
    # No traffic in the whole period, and no series either: most often a misspelt metric.
    SloBroken: svc/s is not measured correctly: never any data | Nothing was counted in the whole period, and the metric has no series: most often a name or a matcher is misspelt.
    # No series has the label model, or none has region: all traffic falls into one unnamed group.
    SloBroken: svc/s is not measured correctly: group label missing | The SLO is grouped by model, region, and no series of one of its metrics has such a label: what it counts falls into one unnamed group.
    # Counters that fall again and again while their targets stay up: several workers behind one endpoint, or gauges.
    SloBroken: svc/s is not measured correctly: counters fall | Counters fell three times in a quarter of an hour while their targets stayed up and no process restarted: several workers answer behind one endpoint, or they are gauges.
    # Rules that are not new, and evaluations left out: what happened then was not counted.
    SloBroken: svc/s is not measured correctly: evaluations missed | In the last 6h more than a tenth of the evaluations did not take place: what happened then was not counted.
    # Nothing was evaluated for three days: the sums of this month were there before, and have begun anew.
    SloBroken: svc/s is not measured correctly: gap | No rule was evaluated for more than three days, so what this month had counted is forgotten: its budget counts from now on."
  `);
});

test("by the traffic, with alerts on the budget", () => {
  const budget = { exhausted: true, below: [0.5], forecast: "12h" } as const;
  expect(textsOfSlo({ alerting: { threshold: "traffic", budget } })).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target had a total before. Scrapes missed for [5m] lose nothing.
    # Where nothing bad is counted it is 0, for every group that has a total.
    # Compares bad events with what the period's traffic allows: what was before the rules counts as good.
    SloBurnPageFast: svc/s: {{ $value | humanize }} bad events in 1h | {{ $value | humanize }} events were bad in the last 1h; this alert allows 2% of the budget. Bad: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Not while a faster page fires, nor until what it told has left this short window.
    SloBurnPageSlow: svc/s: {{ $value | humanize }} bad events in 6h | {{ $value | humanize }} events were bad in the last 6h; this alert allows 5% of the budget. Bad: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Sent to nobody: it holds back the tickets of this SLO and the alerts of what depends on it, hours longer than the page.
    SloBurning: svc/s is paging: its tickets, and alerts of what depends on it, are held back. | 
    # A tile: 4m of events in one sample, once every 4m, for tickets and the budget. Offset: newer ones may not show yet.
    # How many series count, by job; 0: none now, and some before.
    # Bad events are counted, and the total counts none: all that can be seen is bad.
    SloOnlyErrors: svc/s: only bad events are counted | In the last 5m bad events were counted, and the total counted none: all that can be seen is bad.
    # What is left of the budget of 30d: 1 is all, below 0 the objective is missed. Before the rules all was good: 360 is 30d / 2h.
    # How many events may be bad in 30d: the error budget of the events of 4m on average, times as often as that is in 30d.
    # The share of evaluations that took place. The constants that follow are for dashboards.
    # Not while SloBurning fires: the page has told it.
    SloBurnTicketFast: svc/s: {{ $value | humanize }} bad events in 1d | {{ $value | humanize }} events were bad in the last 1d; this alert allows 10% of the budget. Bad: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    SloBurnTicketSlow: svc/s: {{ $value | humanize }} bad events in 3d | {{ $value | humanize }} events were bad in the last 3d; this alert allows 10% of the budget. Bad: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # All of the budget is spent.
    SloBudgetExhausted: svc/s: error budget spent | The error budget is spent; the objective is missed until old errors leave the window.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Less than 50% of the budget is left, and not nothing.
    SloBudgetLow: svc/s: error budget below 50% | The error budget is nearly spent; this alert fires below 50%.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # At 60× a whole budget lasts 12h; what is left is a share of it, and its limit that share of 60×. 36 is 3h / 5m.
    SloBudgetForecast: svc/s: error budget gone within 12h | {{ $value | humanizePercentage }} was bad in the last 3h; at that pace what is left of the error budget is spent within 12h.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # No data now, and a job that counted had targets within the day and has none any more.
    SloNoData: svc/s: no data | Within the day its jobs had targets and its metrics had series; now they have none.
    # Traffic within the day, and for hours no group has any data.
    SloNoData: svc/s: no data | Events were counted within the day, and for three hours nothing has counted them in any group.
    # More bad events than events.
    SloBroken: svc/s is not measured correctly: bad over total | In the last 1h there were more bad events than events: the two do not count the same.
    # No traffic in the whole period, and no series either: most often a misspelt metric.
    SloBroken: svc/s is not measured correctly: never any data | Nothing was counted in the whole period, and the metric has no series: most often a name or a matcher is misspelt.
    # Counters that fall again and again while their targets stay up: several workers behind one endpoint, or gauges.
    SloBroken: svc/s is not measured correctly: counters fall | Counters fell three times in a quarter of an hour while their targets stayed up and no process restarted: several workers answer behind one endpoint, or they are gauges.
    # Rules that are not new, and evaluations left out: what happened then was not counted.
    SloBroken: svc/s is not measured correctly: evaluations missed | In the last 6h more than a tenth of the evaluations did not take place: what happened then was not counted."
  `);
});

test("of slices", () => {
  const budgeting = { kind: "timeSlices", slice: "5m", target: 95 } as const;
  expect(textsOfSlo({ objective: 95, budgeting })).toMatchInlineSnapshot(`
    "# Gained between 40s and 10s ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, if its target had a total before. Scrapes missed for [5m] lose nothing.
    # Where nothing bad is counted it is 0, for every group that has a total.
    # Once every 5m a slice: bad where less than 95% of its events are good. Without events it is none.
    # Scaled by the share of the long window in which the rules ran: what was before them counts as good. 12 is 1h / 5m.
    SloBurnPageFast: svc/s: {{ with query \`slo:error_ratio:rate5m{slo_service="svc", slo="s"} / 0.05\` }}{{ first . | value | printf "%.0f" }}×{{ end }}{{ with query \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}, 0) * 2592000 / (slo:error_ratio:rate5m{slo_service="svc", slo="s"} / 0.05)\` }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 1h; this alert allows 72%. Bad: slices of 5m that are less than 95% good, where bad means: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Not while a faster page fires, nor until what it told has left this short window. 72 is 6h / 5m.
    SloBurnPageSlow: svc/s: {{ with query \`slo:error_ratio:rate30m{slo_service="svc", slo="s"} / 0.05\` }}{{ first . | value | printf "%.0f" }}×{{ end }}{{ with query \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}, 0) * 2592000 / (slo:error_ratio:rate30m{slo_service="svc", slo="s"} / 0.05)\` }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 6h; this alert allows 30%. Bad: slices of 5m that are less than 95% good, where bad means: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # Sent to nobody: it holds back the tickets of this SLO and the alerts of what depends on it, hours longer than the page.
    SloBurning: svc/s is paging: its tickets, and alerts of what depends on it, are held back. | 
    # A tile: 4m of events in one sample, once every 4m, for tickets and the budget. Offset: newer ones may not show yet.
    # How many series count, by job; 0: none now, and some before.
    # Bad events are counted, and the total counts none: all that can be seen is bad.
    SloOnlyErrors: svc/s: only bad events are counted | In the last 5m bad events were counted, and the total counted none: all that can be seen is bad.
    # What is left of the budget of 30d: 1 is all, below 0 the objective is missed. Before the rules all was good: 360 is 30d / 2h.
    # Not while SloBurning fires: the page has told it.
    SloBurnTicketFast: svc/s: {{ with query \`slo:error_ratio:rate2h{slo_service="svc", slo="s"} / 0.05\` }}{{ first . | value | printf "%.1f" }}×{{ end }}{{ with query \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}, 0) * 2592000 / (slo:error_ratio:rate2h{slo_service="svc", slo="s"} / 0.05)\` }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 1d; this alert allows 15%. Bad: slices of 5m that are less than 95% good, where bad means: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    SloBurnTicketSlow: svc/s: {{ with query \`slo:error_ratio:rate6h{slo_service="svc", slo="s"} / 0.05\` }}{{ first . | value | printf "%.1f" }}×{{ end }}{{ with query \`clamp_min(slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}, 0) * 2592000 / (slo:error_ratio:rate6h{slo_service="svc", slo="s"} / 0.05)\` }}{{ with first . | value }}, gone in {{ humanizeDuration . }}{{ else }}, budget spent{{ end }}{{ end }} | {{ $value | humanizePercentage }} was bad in the last 3d; this alert allows 5%. Bad: slices of 5m that are less than 95% good, where bad means: events of \`errors_total\`.{{ with query \`100 * slo:error_budget_remaining_ratio{slo_service="svc", slo="s"}\` }} {{ first . | value | printf "%.0f" }}% of the error budget is left.{{ end }}
    # The share of evaluations that took place. The constants that follow are for dashboards.
    # No data now, and a job that counted had targets within the day and has none any more.
    SloNoData: svc/s: no data | Within the day its jobs had targets and its metrics had series; now they have none.
    # Traffic within the day, and for hours no group has any data.
    SloNoData: svc/s: no data | Events were counted within the day, and for three hours nothing has counted them in any group.
    # No traffic in the whole period, and no series either: most often a misspelt metric.
    SloBroken: svc/s is not measured correctly: never any data | Nothing was counted in the whole period, and the metric has no series: most often a name or a matcher is misspelt.
    # Counters that fall again and again while their targets stay up: several workers behind one endpoint, or gauges.
    SloBroken: svc/s is not measured correctly: counters fall | Counters fell three times in a quarter of an hour while their targets stayed up and no process restarted: several workers answer behind one endpoint, or they are gauges.
    # Rules that are not new, and evaluations left out: what happened then was not counted.
    SloBroken: svc/s is not measured correctly: evaluations missed | In the last 6h more than a tenth of the evaluations did not take place: what happened then was not counted."
  `);
});
