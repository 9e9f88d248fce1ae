/** What Slack shows. */
import { type Definition, escaped, lead, short } from "./filters.ts";
import { rows } from "./rows.ts";

export const slack: readonly Definition[] = [
  ...rows({
    prefix: "firebreak.slack",
    filter: escaped,
    comment: `Slack: values are escaped. A single alert's summary is the title.`,
  }),
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
