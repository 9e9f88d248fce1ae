/** Markdown: Teams and Discord. */
import { type Definition, lead, short, unformatted } from "./filters.ts";
import { rows } from "./rows.ts";

export const markdown: readonly Definition[] = [
  ...rows({
    prefix: "firebreak.markdown",
    filter: unformatted,
    comment: `Markdown: Teams, which needs empty lines between paragraphs, and Discord. A label's value may come from a stranger, who could
write a link that looks like ours.`,
  }),
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
