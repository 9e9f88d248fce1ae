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
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ .CommonLabels.slo_service }} has SLOs without data: their targets are down or gone.
{{- else if .Alerts.Firing }}{{ template "firebreak.summary" index .Alerts.Firing 0 }}
{{- else }}{{ template "firebreak.summary" index .Alerts 0 }}{{ end }}
{{- end }}

{{/* Dead targets are one fact and leave many SLOs without data: a line for each, which names it, its group and its runbook. */}}
{{ define "firebreak.down" }}These SLOs have no data: their targets fail their scrapes, or are gone.{{ end }}
{{ define "firebreak.down.alert" -}}
{{ .Labels.slo }}{{ range (.Labels.Remove (stringSlice "alertname" "slo_service" "slo" "tier" "severity" "owner")).SortedPairs }} {{ .Name }}={{ .Value }}{{ end }}, since {{ template "firebreak.since" . }}
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
{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold") }}{{ if .GroupLabels.alertname }}{{ $labels = .GroupLabels }}{{ end -}}
{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" | urlquery | reReplaceAll "\\+" "%20" }}%22{{ end }}%7D
{{- end }}

{{/* Plain text: e-mail, Opsgenie, PagerDuty. */}}
{{ define "firebreak.text" -}}
{{ template "firebreak.text.firing" . }}{{ template "firebreak.text.resolved" . }}Silence: {{ template "firebreak.silence" . }}
{{ end }}

{{ define "firebreak.text.firing" -}}
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ if .Alerts.Firing }}{{ template "firebreak.down" . }}
{{ end }}{{ range .Alerts.Firing }}{{ template "firebreak.text.down" . }}{{ end }}
{{ else }}{{ range .Alerts.Firing }}{{ template "firebreak.text.alert" . }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.text.resolved" -}}
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ range .Alerts.Resolved }}Resolved: {{ template "firebreak.text.down" . }}{{ end }}
{{ else }}{{ range .Alerts.Resolved }}Resolved: {{ template "firebreak.text.alert" . }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.text.down" -}}
{{ template "firebreak.down.alert" . }}{{ with .Annotations.runbook_url }}: {{ . }}{{ end }}
{{ end }}

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
[{{ .Status | toUpper }}{{ if gt (len .Alerts.Firing) 1 }}:{{ len .Alerts.Firing }}{{ end }}] {{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ template "firebreak.headline" . }}{{ else if .Alerts.Firing }}{{ template "firebreak.slack.summary" index .Alerts.Firing 0 }}{{ else }}{{ template "firebreak.slack.summary" index .Alerts 0 }}{{ end }}
{{- range (.GroupLabels.Remove (stringSlice "alertname" "slo_service" "slo" "budget" "experiment" "sli")).SortedPairs }} {{ .Name }}={{ template "firebreak.slack.escape" .Value }}{{ end }}
{{- end }}

{{ define "firebreak.slack.summary" -}}
{{ with .Annotations.summary }}{{ template "firebreak.slack.escape" . }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ template "firebreak.slack.escape" .Value }}{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.slack.text" -}}
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ template "firebreak.slack.down" . }}{{ else }}{{ template "firebreak.slack.alerts" . }}{{ end }}<{{ template "firebreak.silence" . }}|Silence>
{{- end }}

{{ define "firebreak.slack.alerts" -}}
{{ range .Alerts }}{{ if gt (len $.Alerts) 1 }}{{ if eq .Status "resolved" }}Resolved: {{ end }}*{{ template "firebreak.slack.summary" . }}*
{{ end }}{{ with .Annotations.description }}{{ template "firebreak.slack.escape" . }}
{{ end }}{{ template "firebreak.windows" . }}
{{ with .Annotations.runbook_url }}<{{ template "firebreak.slack.escape" . }}|Runbook> {{ end }}{{ with .Annotations.dashboard_url }}<{{ template "firebreak.slack.escape" . }}|Dashboard> {{ end }}
{{ end }}
{{- end }}

{{ define "firebreak.slack.down" -}}
{{ if .Alerts.Firing }}{{ template "firebreak.down" . }}
{{ end }}{{ range .Alerts }}• {{ if eq .Status "resolved" }}Resolved: {{ end }}{{ template "firebreak.slack.down.alert" . }}
{{ end }}{{ with (index .Alerts 0).Annotations.dashboard_url }}<{{ template "firebreak.slack.escape" . }}|Dashboard> {{ end }}
{{- end }}

{{ define "firebreak.slack.down.alert" -}}
{{ $slo := .Labels.slo }}{{ with .Annotations.runbook_url }}<{{ template "firebreak.slack.escape" . }}|{{ $slo }}>{{ else }}{{ $slo }}{{ end }}
{{- range (.Labels.Remove (stringSlice "alertname" "slo_service" "slo" "tier" "severity" "owner")).SortedPairs }} {{ .Name }}={{ template "firebreak.slack.escape" .Value }}{{ end }}, since {{ template "firebreak.since" . }}
{{- end }}

{{/* Markdown: Teams, which needs empty lines between paragraphs, and Discord. */}}
{{ define "firebreak.markdown" -}}
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ template "firebreak.markdown.down" . }}{{ else }}{{ template "firebreak.markdown.alerts" . }}{{ end }}[Silence]({{ template "firebreak.silence" . }})
{{- end }}

{{ define "firebreak.markdown.alerts" -}}
{{ range .Alerts }}{{ if gt (len $.Alerts) 1 }}{{ if eq .Status "resolved" }}Resolved: {{ end }}**{{ template "firebreak.summary" . }}**

{{ end }}{{ with .Annotations.description }}{{ . }}

{{ end }}{{ template "firebreak.windows" . }}

{{ with .Annotations.runbook_url }}[Runbook]({{ . }})

{{ end }}{{ with .Annotations.dashboard_url }}[Dashboard]({{ . }})

{{ end }}{{ end }}
{{- end }}

{{ define "firebreak.markdown.down" -}}
{{ if .Alerts.Firing }}{{ template "firebreak.down" . }}

{{ end }}{{ range .Alerts }}- {{ if eq .Status "resolved" }}Resolved: {{ end }}{{ template "firebreak.down.alert" . }}{{ with .Annotations.runbook_url }} ([Runbook]({{ . }})){{ end }}
{{ end }}
{{ with (index .Alerts 0).Annotations.dashboard_url }}[Dashboard]({{ . }})

{{ end }}
{{- end }}

{{/* HTML: e-mail. Alertmanager escapes every value for its place, also within links, where it forbids to do so by hand. */}}
{{ define "firebreak.email" -}}
<!DOCTYPE html>
<html><body style="font-family: sans-serif">
{{ if and (eq .CommonLabels.tier "targets-down") (gt (len .Alerts) 1) }}{{ template "firebreak.email.down" . }}{{ else }}{{ template "firebreak.email.alerts" . }}{{ end }}{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold") }}{{ if .GroupLabels.alertname }}{{ $labels = .GroupLabels }}{{ end -}}
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

{{ define "firebreak.email.down" -}}
{{ if .Alerts.Firing }}<p>{{ template "firebreak.down" . }}</p>
{{ end }}<ul>
{{ range .Alerts }}<li>{{ if eq .Status "resolved" }}Resolved: {{ end }}{{ template "firebreak.down.alert" . }}{{ with .Annotations.runbook_url }} (<a href="{{ . }}">Runbook</a>){{ end }}</li>
{{ end }}</ul>
{{ with (index .Alerts 0).Annotations.dashboard_url }}<p><a href="{{ . }}">Dashboard</a></p>
{{ end }}
{{- end }}
`;
