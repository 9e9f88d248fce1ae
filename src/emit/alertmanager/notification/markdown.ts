/** Markdown: Teams and Discord. */
import { type Definition, isBurn, lead, short, unformatted, withoutName } from "./filters.ts";

export const markdown: readonly Definition[] = [
  {
    name: "firebreak.markdown.title",
    comment: `Markdown: Teams, which needs empty lines between paragraphs, and Discord. A label's value may come from a stranger, who could
write a link that looks like ours.`,
    text: `{{ define "firebreak.markdown.title" -}}
${lead}
{{ if eq .Status "resolved" }}resolved {{ template "firebreak.markdown.over" $alert }}
{{- else }}{{ with $alert.Labels.severity }}{{ . }} {{ end }}{{ template "firebreak.markdown.summary" $alert }}{{ if gt (len .Alerts.Firing) 1 }} (+{{ len (slice .Alerts.Firing 1) }}){{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.markdown.summary",
    text: `{{ define "firebreak.markdown.summary" -}}
{{ with .Annotations.summary }}{{ . | ${short} | ${unformatted} }}{{ else }}{{ .Labels.alertname }}{{ range (.Labels.Remove (stringSlice "alertname")).SortedPairs }} {{ .Name }}={{ .Value | ${unformatted} }}{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.markdown.over",
    text: `{{ define "firebreak.markdown.over" -}}
{{ with .Annotations.summary }}{{ if $.Labels.slo_service }}{{ . | reReplaceAll "^(.*): .*$" "$1" | ${unformatted} }}{{ template "firebreak.ended" $ }}{{ else }}{{ . | ${unformatted} }}{{ end }}{{ else }}{{ .Labels.alertname }}{{ end }} after {{ template "firebreak.lasted" . }}
{{- end }}`,
  },
  {
    name: "firebreak.markdown.row",
    text: `{{ define "firebreak.markdown.row" -}}
{{ if eq .Status "resolved" }}Resolved: {{ template "firebreak.markdown.over" . }}
{{- else }}{{ with .Annotations.summary }}{{ . | ${short} | ${withoutName} | ${unformatted} }}{{ else }}{{ template "firebreak.markdown.summary" . }}{{ end }}{{ if not (${isBurn}) }}{{ with .Annotations.description }}. {{ . | ${short} | ${unformatted} }}{{ end }}{{ end }}{{ end }}
{{- end }}`,
  },
  {
    name: "firebreak.markdown",
    text: String.raw`{{ define "firebreak.markdown" -}}
${lead}
{{ if eq (len .Alerts) 1 }}{{ range .Alerts }}{{ template "firebreak.markdown.alert" . }}{{ end }}{{ else }}{{ range .Alerts.Firing }}- {{ template "firebreak.markdown.row" . }}
{{ end }}{{ range .Alerts.Resolved }}- {{ template "firebreak.markdown.row" . }}
{{ end }}{{ end }}
{{ with $alert.Annotations.runbook_url }}[Runbook]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}{{ with $alert.Annotations.dashboard_url }}[Dashboard]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}{{ with $alert.GeneratorURL }}[Query]({{ . | reReplaceAll "\\)" "%29" }}) {{ end }}[Silence]({{ template "firebreak.silence" . }})
{{- end }}`,
  },
  {
    name: "firebreak.markdown.alert",
    text: `{{ define "firebreak.markdown.alert" -}}
{{ if ne .Status "resolved" }}{{ with .Annotations.description }}{{ . | ${short} | ${unformatted} }}

{{ end }}{{ end }}{{ template "firebreak.when" . }}
{{ end }}`,
  },
];
