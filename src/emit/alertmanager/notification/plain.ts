/** Titles, rows and plain text: e-mail without HTML, Opsgenie, PagerDuty. The other formats use what is named here. */
import { byName, type Definition, lead, short } from "./filters.ts";
import { rows } from "./rows.ts";

export const plain: readonly Definition[] = [
  ...rows({
    prefix: "firebreak",
    comment: `Severity, SLO, group, what is bad now and how long the error budget lasts: page shop/api gpt-4: 2.4% bad, 18h left (+1).
When it has ended, how long it lasted: resolved shop/api gpt-4 after 26m. Durations show two units, or one from 10h up.`,
  }),
  {
    name: "firebreak.ended",
    comment: `Several alerts share the SLO or budget: a burn is its default, an experiment has one alert, and any other names itself.`,
    text: `{{ define "firebreak.ended" }}{{ if not (match "^(SloBurn|ExperimentWorse)" .Labels.alertname) }} {{ .Labels.alertname }}{{ end }}{{ end }}`,
  },
  {
    name: "firebreak.left",
    comment: `How much was left when the alert last fired; nothing where the description does not say.`,
    text: `{{ define "firebreak.left" }}{{ if match "Error budget: " .Annotations.description }} {{ .Annotations.description | reReplaceAll "(?s)^.*(Error budget: [^,.]+).*$" "$1." }}{{ end }}{{ end }}`,
  },
  {
    name: "firebreak.lasted",
    text: `{{ define "firebreak.lasted" }}{{ (.EndsAt.Sub .StartsAt).String | reReplaceAll "m[0-9.]+s$" "m" | reReplaceAll "h0m$" "h" | reReplaceAll "[.][0-9]+s$" "s" }}{{ end }}`,
  },
  {
    name: "firebreak.since",
    text: `{{ define "firebreak.since" }}{{ .StartsAt.UTC | date "2006-01-02 15:04 MST" }}{{ end }}`,
  },
  {
    name: "firebreak.span",
    text: `{{ define "firebreak.span" -}}
{{ .StartsAt.UTC | date "2006-01-02 15:04" }} to {{ if ne (.StartsAt.UTC | date "2006-01-02") (.EndsAt.UTC | date "2006-01-02") }}{{ .EndsAt.UTC | date "2006-01-02 " }}{{ end }}{{ .EndsAt.UTC | date "15:04 MST" }}
{{- end }}`,
  },
  {
    name: "firebreak.when",
    text: `{{ define "firebreak.when" -}}
{{ if eq .Status "resolved" }}Lasted {{ template "firebreak.lasted" . }}, {{ template "firebreak.span" . }}.{{ template "firebreak.left" . }}
{{- else }}Since {{ template "firebreak.since" . }}.{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.runbook",
    comment: `Links of a group. Its alerts are of one SLO, or have one cause: those of the first that still fires serve for all.`,
    text: `{{ define "firebreak.runbook" -}}
${lead}{{ $alert.Annotations.runbook_url }}{{ end }}`,
  },
  {
    name: "firebreak.dashboard",
    text: `{{ define "firebreak.dashboard" -}}
${lead}{{ $alert.Annotations.dashboard_url }}{{ end }}`,
  },
  {
    name: "firebreak.query",
    text: `{{ define "firebreak.query" -}}
${lead}{{ $alert.GeneratorURL }}{{ end }}`,
  },
  {
    name: "firebreak.link",
    text: `{{ define "firebreak.link" -}}
${lead}{{ with $alert.Annotations.dashboard_url }}{{ . }}{{ else }}{{ .ExternalURL }}/#/alerts{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.silence",
    comment: `The form for a new silence, filled in with what these alerts have in common: one SLO, budget or experiment, its group, and
the severity, so that a silenced ticket mutes no page; what lacks a label of its groups says so in silence_also. Where they are grouped by name, such as those of dead targets, the name
with its service. The labels left out are those in which alerts of one error budget differ.`,
    text: String.raw`{{ define "firebreak.silence" -}}
{{ $labels := .CommonLabels.Remove (stringSlice "alertname" "tier" "owner" "long" "short" "threshold" "reason") }}{{ if ${byName} }}{{ $labels = .GroupLabels }}{{ end -}}
{{ .ExternalURL }}/#/silences/new?filter=%7B{{ range $index, $label := $labels.SortedPairs }}{{ if $index }}%2C{{ end }}{{ $label.Name }}%3D%22{{ $label.Value | reReplaceAll "([\\\\\"])" "\\$1" | urlquery | reReplaceAll "\\+" "%20" }}%22{{ end }}{{ if not (${byName}) }}{{ with .CommonAnnotations.silence_also }}{{ . | urlquery }}{{ end }}{{ end }}%7D
{{- end }}`,
  },
  {
    name: "firebreak.text",
    comment: `Plain text: e-mail, Opsgenie, PagerDuty. One alert in full, several as a list; links once.`,
    text: `{{ define "firebreak.text" -}}
${lead}{{ template "firebreak.text.firing" . }}{{ template "firebreak.text.resolved" . }}
{{ with $alert.Annotations.runbook_url }}Runbook: {{ . }}
{{ end }}{{ with $alert.Annotations.dashboard_url }}Dashboard: {{ . }}
{{ end }}{{ with $alert.GeneratorURL }}Query: {{ . }}
{{ end }}Silence: {{ template "firebreak.silence" . }}
{{ end }}`,
  },
  {
    name: "firebreak.text.firing",
    text: `{{ define "firebreak.text.firing" -}}
{{ $one := eq (len .Alerts) 1 }}{{ range .Alerts.Firing }}{{ if $one }}{{ template "firebreak.text.alert" . }}{{ else }}- {{ template "firebreak.row" . }}
{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.text.resolved",
    text: `{{ define "firebreak.text.resolved" -}}
{{ $one := eq (len .Alerts) 1 }}{{ range .Alerts.Resolved }}{{ if $one }}{{ template "firebreak.text.alert" . }}{{ else }}- {{ template "firebreak.row" . }}
{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.text.alert",
    text: `{{ define "firebreak.text.alert" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.over" . }}
{{ else }}{{ template "firebreak.summary" . }}
{{ with .Annotations.description }}{{ . | ${short} }}
{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}`,
  },
];
