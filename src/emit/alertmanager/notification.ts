/**
 * The text of notifications, in Alertmanager's template language. It is fixed: whatever was declared arrives as the
 * alerts' labels and annotations, so nothing is ever put into this text. A summary is `service/slo group: how it stands`;
 * a description may say `Error budget: 44% left`, which is found again when the alert has ended.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */

// Nobody has less than nothing left.
const overspent = `reReplaceAll "-([0-9]+%) of the error budget is left" "The error budget is overspent by $1"`;
// Two units of a time are enough, and from ten hours on one: 3h 5m 20s is 3h 5m, and 18h 3m 20s is 18h.
const short = `reReplaceAll "([0-9]+d [0-9]+h|[0-9]+h [0-9]+m|[0-9]+m)( [0-9]+[hms])+" "$1" | reReplaceAll "([0-9][dh]) 0[hm]|([0-9]{2}h) [0-9]+m" "$1$2" | ${overspent}`;
// In Slack these are control characters, and a label could hold <!channel>.
const escaped = `reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;"`;
const unformatted = String.raw`reReplaceAll "([\\\\\\x60*_~\\[\\]<>#|])" "\\$1"`;
// In a list of one SLO's groups that burn: the title names the SLO.
const withoutName = `reReplaceAll "^[a-z0-9/-]+ (.+: [0-9.e-]+% bad)" "$1"`;
const isBurn = 'match ": [0-9.e-]+% bad" .Annotations.summary';
// Grouped by name. Tickets of an unknown team are too, at the root, but with no service: what they share says more.
const byName = "and .GroupLabels.alertname (or .GroupLabels.slo_service (not .CommonLabels.slo_service))";
// Links and titles are those of an alert that still fires, as long as there is one.
const lead = "{{ $alert := index .Alerts 0 }}{{ if .Alerts.Firing }}{{ $alert = index .Alerts.Firing 0 }}{{ end -}}";

/** The file, as Alertmanager loads it. */
export const notificationTemplate = String.raw`{{/* Made by firebreak: notifications. Also good for alerts that are not firebreak's: all parts but the labels are optional. */}}

{{/*
Severity, SLO, group, what is bad now and how long the error budget lasts: page shop/api gpt-4: 2.4% bad, 18h left (+1).
When it has ended, how long it lasted: resolved shop/api gpt-4 after 26m. Durations show two units, or one from 10h up.
*/}}
{{ define "firebreak.title" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "firebreak.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "firebreak.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}

{{ define "firebreak.summary" -}}
{{ with .Annotations.summary }}{{ . | ${short} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.over" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1" }}{{ template "firebreak.ended" $ }}{{ else }}{{ . }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}

{{ define "firebreak.row" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName} }}{{ else }}{{ template "firebreak.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short} }}{{ end }}{{ end }}{{ end }}
{{- end }}

{{/* Several alerts share the SLO or budget: a burn is its default, an experiment has one alert, and any other names itself. */}}
{{ define "firebreak.ended" }}{{ if not (match "^(SloBurn|ExperimentWorse)" .Labels.alertname) }} {{ .Labels.alertname }}{{ end }}{{ end }}

{{/* How much was left when the alert last fired; nothing where the description does not say. */}}
{{ define "firebreak.left" }}{{ if match "Error budget: " .Annotations.description }} {{ .Annotations.description | reReplaceAll "(?s)^.*(Error budget: [^,.]+).*$" "$1." }}{{ end }}{{ end }}
{{ define "firebreak.lasted" }}{{ (.EndsAt.Sub .StartsAt).String | reReplaceAll "m[0-9.]+s$" "m" | reReplaceAll "h0m$" "h" | reReplaceAll "[.][0-9]+s$" "s" }}{{ end }}
{{ define "firebreak.since" }}{{ .StartsAt.UTC | date "2006-01-02 15:04 MST" }}{{ end }}

{{ define "firebreak.span" -}}
{{ .StartsAt.UTC | date "2006-01-02 15:04" }} to {{ if ne (.StartsAt.UTC | date "2006-01-02") (.EndsAt.UTC | date "2006-01-02") }}{{ .EndsAt.UTC | date "2006-01-02 " }}{{ end }}{{ .EndsAt.UTC | date "15:04 MST" }}
{{- end }}

{{ define "firebreak.when" -}}
{{ if eq .Status "resolved" }}Lasted {{ template "firebreak.lasted" . }}, {{ template "firebreak.span" . }}.{{ template "firebreak.left" . }}
{{- else }}Since {{ template "firebreak.since" . }}.{{ end }}
{{- end }}

{{/* Links of a group. Its alerts are of one SLO, or have one cause: those of the first that still fires serve for all. */}}
{{ define "firebreak.runbook" -}}
${lead}{{ $alert.Annotations.runbook_url }}{{ end }}
{{ define "firebreak.dashboard" -}}
${lead}{{ $alert.Annotations.dashboard_url }}{{ end }}
{{ define "firebreak.query" -}}
${lead}{{ $alert.GeneratorURL }}{{ end }}
{{ define "firebreak.link" -}}
${lead}{{ with $alert.Annotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}/#/alerts{{ end }}
{{- end }}

{{/*
The form for a new silence, filled in with what these alerts have in common: one SLO, budget or experiment, its group, and
the severity, so that a silenced ticket mutes no page; what lacks a label of its groups says so in silence_also. Where they are grouped by name, such as those of dead targets, the name
with its service. The labels left out are those in which alerts of one error budget differ.
*/}}
{{ define "firebreak.silence" -}}
{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if ${byName} }}{{ $labels = .GroupLabels }}{{ end -}}
{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" | urlquery | reReplaceAll "\\+" "%20" }}%22{{ end }}{{ if not (${byName}) }}{{ with .CommonAnnotations.silence_also }}{{ . | urlquery }}{{ end }}{{ end }}%7D
{{- end }}

{{/* Plain text: e-mail, Opsgenie, PagerDuty. One alert in full, several as a list; links once. */}}
{{ define "firebreak.text" -}}
${lead}{{ template "firebreak.text.firing" . }}{{ template "firebreak.text.resolved" . }}
{{ with $alert.Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with $alert.Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}{{ with $alert.GeneratorURL }}Query: {{ . }}
{{ end }}Silence: {{ template "firebreak.silence" . }}
{{ end }}

{{ define "firebreak.text.firing" -}}
{{ $one := eq (len .Alerts) 1 }}{{ range .Alerts.Firing }}{{ if $one }}{{ template "firebreak.text.alert" . }}{{ else }}- {{ template "firebreak.row" . }}
{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.text.resolved" -}}
{{ $one := eq (len .Alerts) 1 }}{{ range .Alerts.Resolved }}{{ if $one }}{{ template "firebreak.text.alert" . }}{{ else }}- {{ template "firebreak.row" . }}
{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.text.alert" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.over" . }}
{{ else }}{{ template "firebreak.summary" . }}
{{ with .Annotations.description }}{{ . | ${short} }}
{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}

{{/* Slack: values are escaped. A single alert's summary is the title. */}}
{{ define "firebreak.slack.title" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "firebreak.slack.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "firebreak.slack.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}

{{ define "firebreak.slack.summary" -}}
{{ with .Annotations.summary }}{{ . | ${short} | ${escaped} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value | ${escaped} }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.slack.over" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1" | ${escaped} }}{{ template "firebreak.ended" $ }}{{ else }}{{ . | ${escaped} }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}

{{ define "firebreak.slack.row" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.slack.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName} | ${escaped} }}{{ else }}{{ template "firebreak.slack.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short} | ${escaped} }}{{ end }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.slack.text" -}}
${lead}
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.slack.alert" . }}{{ end }}{{ else }}{{ range .Alerts.Firing }}• {{ template "firebreak.slack.row" . }}
{{ end }}{{ range .Alerts.Resolved }}• {{ template "firebreak.slack.row" . }}
{{ end }}{{ end -}}
{{ with $alert.Annotations.runbook_url }}<{{ . | ${escaped} }}|Runbook> {{ end }}{{ with $alert.Annotations.dashboard_url }}<{{ . | ${escaped} }}|Dashboard> {{ end }}{{ with $alert.GeneratorURL }}<{{ . | ${escaped} }}|Query> {{ end }}<{{ template "firebreak.silence" . }}|Silence>
{{- end }}

{{ define "firebreak.slack.alert" -}}
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}{{ . | ${short} | ${escaped} }}
{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}

{{/*
Markdown: Teams, which needs empty lines between paragraphs, and Discord. A label's value may come from a stranger, who could
write a link that looks like ours.
*/}}
{{ define "firebreak.markdown.title" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "firebreak.markdown.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "firebreak.markdown.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}

{{ define "firebreak.markdown.summary" -}}
{{ with .Annotations.summary }}{{ . | ${short} | ${unformatted} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value | ${unformatted} }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.markdown.over" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1" | ${unformatted} }}{{ template "firebreak.ended" $ }}{{ else }}{{ . | ${unformatted} }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}

{{ define "firebreak.markdown.row" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.markdown.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName} | ${unformatted} }}{{ else }}{{ template "firebreak.markdown.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short} | ${unformatted} }}{{ end }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.markdown" -}}
${lead}
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.markdown.alert" . }}{{ end }}{{ else }}{{ range .Alerts.Firing }}- {{ template "firebreak.markdown.row" . }}
{{ end }}{{ range .Alerts.Resolved }}- {{ template "firebreak.markdown.row" . }}
{{ end }}{{ end }}
{{ with $alert.Annotations.runbook_url }}[Runbook]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}{{ with $alert.Annotations.dashboard_url }}[Dashboard]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}{{ with $alert.GeneratorURL }}[Query]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}[Silence]({{ template "firebreak.silence" . }})
{{- end }}

{{ define "firebreak.markdown.alert" -}}
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}{{ . | ${short} | ${unformatted} }}

{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}

{{/* HTML: e-mail. Alertmanager escapes every value for its place, also within links, where it forbids to do so by hand. */}}
{{ define "firebreak.email" -}}
${lead}
<!DOCTYPE html>
<html><body style="font-family: sans-serif">
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.email.alert" . }}{{ end }}{{ else }}{{ with .CommonLabels.slo_service }}<h3>{{ . }}{{ with $.CommonLabels.slo }}/{{ . }}{{ end }}{{ with $.CommonLabels.budget }}/{{ . }}{{ end }}</h3>
{{ end }}<table cellpadding="4">
{{ range .Alerts.Firing }}{{ template "firebreak.email.row" . }}{{ end }}{{ range .Alerts.Resolved }}{{ template "firebreak.email.row" . }}{{ end }}</table>
{{ end }}{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if ${byName} }}{{ $labels = .GroupLabels }}{{ end -}}
<p>{{ with $alert.Annotations.runbook_url }}<a href="{{ . }}">Runbook</a> {{ end }}{{ with $alert.Annotations.dashboard_url }}<a href="{{ . }}">Dashboard</a> {{ end }}{{ with $alert.GeneratorURL }}<a href="{{ . }}">Query</a> {{ end }}<a href="{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" }}%22{{ end }}{{ if not (${byName}) }}{{ .CommonAnnotations.silence_also }}{{ end }}%7D">Silence</a></p>
</body></html>
{{ end }}

{{ define "firebreak.email.alert" -}}
<h3>{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.over" . }}{{ else }}{{ template "firebreak.summary" . }}{{ end }}</h3>
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}<p>{{ . | ${short} }}</p>
{{ end }}{{ end }}<p>{{ template "firebreak.when" . }}</p>
{{ end }}

{{ define "firebreak.email.row" -}}
<tr><td>{{ template "firebreak.row" . }}</td><td>{{ if eq .Status "resolved" }}resolved{{ else }}since {{ template "firebreak.since" . }}{{ end }}</td></tr>
{{ end }}
`;
