/** What Slack shows. */
import { type Definition, escaped, isBurn, lead, short, withoutName } from "./filters.ts";

export const slack: readonly Definition[] = [
  {
    name: "firebreak.slack.title",
    comment: `Slack: values are escaped. A single alert's summary is the title.`,
    text: `{{ define "firebreak.slack.title" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "firebreak.slack.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "firebreak.slack.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.slack.summary",
    text: `{{ define "firebreak.slack.summary" -}}
{{ with .Annotations.summary }}{{ . | ${short} | ${escaped} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value | ${escaped} }}{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.slack.over",
    text: `{{ define "firebreak.slack.over" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1" | ${escaped} }}{{ template "firebreak.ended" $ }}{{ else }}{{ . | ${escaped} }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}`,
  },
  {
    name: "firebreak.slack.row",
    text: `{{ define "firebreak.slack.row" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.slack.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName} | ${escaped} }}{{ else }}{{ template "firebreak.slack.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short} | ${escaped} }}{{ end }}{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.slack.text",
    text: `{{ define "firebreak.slack.text" -}}
${lead}
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.slack.alert" . }}{{ end }}{{ else }}{{ range .Alerts.Firing }}• {{ template "firebreak.slack.row" . }}
{{ end }}{{ range .Alerts.Resolved }}• {{ template "firebreak.slack.row" . }}
{{ end }}{{ end -}}
{{ with $alert.Annotations.runbook_url }}<{{ . | ${escaped} }}|Runbook> {{ end }}{{ with $alert.Annotations.dashboard_url }}<{{ . | ${escaped} }}|Dashboard> {{ end }}{{ with $alert.GeneratorURL }}<{{ . | ${escaped} }}|Query> {{ end }}<{{ template "firebreak.silence" . }}|Silence>
{{- end }}`,
  },
  {
    name: "firebreak.slack.alert",
    text: `{{ define "firebreak.slack.alert" -}}
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}{{ . | ${short} | ${escaped} }}
{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}`,
  },
];
