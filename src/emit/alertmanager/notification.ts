/**
 * The text of notifications, in Alertmanager's template language. It is fixed: whatever was declared arrives as the
 * alerts' labels and annotations, so nothing is ever put into this text.
 * https://prometheus.io/docs/alerting/latest/notifications/
 */

/** The file, as Alertmanager loads it. */
export const notificationTemplate = String.raw`{{/* Made by firebreak: notifications. Also good for alerts that are not firebreak's: all parts but the labels are optional. */}}

{{/* One line: how many fire, the summary of the first one, and what the group has in common beside the SLO. */}}
{{ define "firebreak.title" -}}
[{{ .Status | toUpper }}{{ if gt (len .Alerts.Firing) 1 }}:{{ len .Alerts.Firing }}{{ end }}] {{ template "firebreak.headline" . }}
{{- range (.GroupLabels.Remove (stringSlice "alertname" "slo_service" "slo" "budget" "experiment" "sli")).SortedPairs }} {{ .Name }}={{ .Value }}{{ end }}
{{- end }}

{{ define "firebreak.headline" -}}
{{ if .Alerts.Firing }}{{ template "firebreak.summary" index .Alerts.Firing 0 }}
{{- else }}{{ template "firebreak.summary" index .Alerts 0 }}{{ end }}
{{- end }}

{{/* Of one alert. */}}
{{ define "firebreak.summary" -}}
{{ with .Annotations.summary }}{{ . }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.windows" -}}
{{ if .Labels.long }}Windows: {{ .Labels.long }} and {{ .Labels.short }}. {{ end }}Since {{ template "firebreak.since" . }}.
{{- end }}
{{ define "firebreak.since" }}{{ .StartsAt.UTC | date "2006-01-02 15:04 MST" }}{{ end }}

{{/* Links of a group. Its alerts are of one SLO, or have one cause, so the first one's serve. */}}
{{ define "firebreak.runbook" }}{{ (index .Alerts 0).Annotations.runbook_url }}{{ end }}
{{ define "firebreak.dashboard" }}{{ (index .Alerts 0).Annotations.dashboard_url }}{{ end }}
{{ define "firebreak.link" -}}
{{ with (index .Alerts 0).Annotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}/#/alerts{{ end }}
{{- end }}

{{/*
The form for a new silence, filled in with what these alerts have in common: one SLO, budget or experiment, its group, and
the severity, so that a silenced ticket mutes no page. Where they are grouped by name, such as those of dead targets, the name
with its service. The labels left out are those in which alerts of one error budget differ.
*/}}
{{ define "firebreak.silence" -}}
{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if .GroupLabels.alertname }}{{ $labels = .GroupLabels }}{{ end -}}
{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" | urlquery | reReplaceAll "\\+" "%20" }}%22{{ end }}%7D
{{- end }}

{{/* Plain text: e-mail, Opsgenie, PagerDuty. */}}
{{ define "firebreak.text" -}}
{{ template "firebreak.text.firing" . }}{{ template "firebreak.text.resolved" . }}Silence: {{ template "firebreak.silence" . }}
{{ end }}

{{ define "firebreak.text.firing" -}}
{{ range .Alerts.Firing }}{{ template "firebreak.text.alert" . }}{{ end }}
{{- end }}

{{ define "firebreak.text.resolved" -}}
{{ range .Alerts.Resolved }}Resolved: {{ template "firebreak.text.alert" . }}{{ end }}
{{- end }}

{{ define "firebreak.text.alert" -}}
{{ template "firebreak.summary" . }}
{{ with .Annotations.description }}{{ . }}
{{ end }}{{ template "firebreak.windows" . }}
{{ with .Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with .Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}
{{ end }}

{{/* Slack: &, < and > are control characters, and a label could hold <!channel>. A single alert's summary is the title. */}}
{{ define "firebreak.slack.escape" }}{{ . | reReplaceAll "&" "&amp;" | reReplaceAll "<" "&lt;" | reReplaceAll ">" "&gt;" }}{{ end }}

{{ define "firebreak.slack.title" -}}
[{{ .Status | toUpper }}{{ if gt (len .Alerts.Firing) 1 }}:{{ len .Alerts.Firing }}{{ end }}] {{ if .Alerts.Firing }}{{ template "firebreak.slack.summary" index .Alerts.Firing 0 }}{{ else }}{{ template "firebreak.slack.summary" index .Alerts 0 }}{{ end }}
{{- range (.GroupLabels.Remove (stringSlice "alertname" "slo_service" "slo" "budget" "experiment" "sli")).SortedPairs }} {{ .Name }}={{ template "firebreak.slack.escape" .Value }}{{ end }}
{{- end }}

{{ define "firebreak.slack.summary" -}}
{{ with .Annotations.summary }}{{ template "firebreak.slack.escape" . }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ template "firebreak.slack.escape" .Value }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.slack.text" -}}
{{ template "firebreak.slack.alerts" . }}<{{ template "firebreak.silence" . }}|Silence>
{{- end }}

{{ define "firebreak.slack.alerts" -}}
{{ range .Alerts }}{{ if gt (len $.Alerts) 1 }}{{ if eq .Status "resolved" }}Resolved: {{ end }}*{{ template "firebreak.slack.summary" . }}*
{{ end }}{{ with .Annotations.description }}{{ template "firebreak.slack.escape" . }}
{{ end }}{{ template "firebreak.windows" . }}
{{ with .Annotations.runbook_url }}<{{ template "firebreak.slack.escape" . }}|Runbook> {{ end }}{{ with .Annotations.dashboard_url }}<{{ template "firebreak.slack.escape" . }}|Dashboard> {{ end }}
{{ end }}
{{- end }}

{{/*
Markdown: Teams, which needs empty lines between paragraphs, and Discord. A label's value may come from a stranger, who could
write a link that looks like ours.
*/}}
{{ define "firebreak.markdown.escape" }}{{ . | reReplaceAll "([\\\\\\x60*_~\\[\\]<>#|])" "\\$1" }}{{ end }}

{{ define "firebreak.markdown.title" -}}
[{{ .Status | toUpper }}{{ if gt (len .Alerts.Firing) 1 }}:{{ len .Alerts.Firing }}{{ end }}] {{ if .Alerts.Firing }}{{ template "firebreak.markdown.summary" index .Alerts.Firing 0 }}{{ else }}{{ template "firebreak.markdown.summary" index .Alerts 0 }}{{ end }}
{{- range (.GroupLabels.Remove (stringSlice "alertname" "slo_service" "slo" "budget" "experiment" "sli")).SortedPairs }} {{ .Name }}={{ template "firebreak.markdown.escape" .Value }}{{ end }}
{{- end }}

{{ define "firebreak.markdown.summary" -}}
{{ with .Annotations.summary }}{{ template "firebreak.markdown.escape" . }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ template "firebreak.markdown.escape" .Value }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.markdown" -}}
{{ template "firebreak.markdown.alerts" . }}[Silence]({{ template "firebreak.silence" . }})
{{- end }}

{{ define "firebreak.markdown.alerts" -}}
{{ range .Alerts }}{{ if gt (len $.Alerts) 1 }}{{ if eq .Status "resolved" }}Resolved: {{ end }}**{{ template "firebreak.markdown.summary" . }}**

{{ end }}{{ with .Annotations.description }}{{ template "firebreak.markdown.escape" . }}

{{ end }}{{ template "firebreak.windows" . }}

{{ with .Annotations.runbook_url }}[Runbook]({{ . | reReplaceAll "\\)" "%29" }})

{{ end }}{{ with .Annotations.dashboard_url }}[Dashboard]({{ . | reReplaceAll "\\)" "%29" }})

{{ end }}{{ end }}
{{- end }}

{{/* HTML: e-mail. Alertmanager escapes every value for its place, also within links, where it forbids to do so by hand. */}}
{{ define "firebreak.email" -}}
<!DOCTYPE html>
<html><body style="font-family: sans-serif">
{{ template "firebreak.email.alerts" . }}{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if .GroupLabels.alertname }}{{ $labels = .GroupLabels }}{{ end -}}
<p><a href="{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" }}%22{{ end }}%7D">Silence</a></p>
</body></html>
{{ end }}

{{ define "firebreak.email.alerts" -}}
{{ range .Alerts }}<h3>{{ if eq .Status "resolved" }}Resolved: {{ end }}{{ template "firebreak.summary" . }}</h3>
{{ with .Annotations.description }}<p>{{ . }}</p>
{{ end }}<p>{{ template "firebreak.windows" . }}</p>
{{ with .Annotations.runbook_url }}<p><a href="{{ . }}">Runbook</a></p>
{{ end }}{{ with .Annotations.dashboard_url }}<p><a href="{{ . }}">Dashboard</a></p>
{{ end }}{{ end }}
{{- end }}
`;
