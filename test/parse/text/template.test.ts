import { expect, test } from "vitest";
import { templateLabels, templateMistake } from "../../../src/parse/text/template.ts";

test.each([
  "",
  "plain } text {",
  "{{ $value }}",
  "{{$labels.model}} at {{ $value | humanizePercentage }}",
  '{{ with query "sum(rate(a{b=\\"}}\\"}[5m]))" }}{{ . | first | value | humanize }}{{ end }}',
  "{{ range $i, $s := query `up == 0` }}{{ $i }} {{ $s.Labels.instance }}{{ else }}none{{ end }}",
  '{{ if gt $value 1.5 }}a{{ else if eq $labels.model "x" }}b{{ end }}',
  "{{/* a comment with {{ */}}",
  "{{- $x := 5 -}}{{ $x }}",
  '{{ printf "%.2f %s" $value $labels.slo }}',
  "{{ $externalLabels.cluster }} {{ externalURL }} {{ $externalURL }}",
])("%j is a template", (text) => expect(templateMistake(text)).toBeUndefined());

test.each([
  ["{{ $value", "closed"],
  ["{{ }}", "empty"],
  ["{{ humanise $value }}", "humanise"],
  ["{{ labels.model }}", "labels"],
  ["{{ $label.model }}", "$label"],
  ["{{ if $value }}x", "not closed"],
  ["{{ end }}", "closes nothing"],
  ["{{ else }}", "outside"],
  ['{{ query "up }}', "closed"],
])("%j is none", (text, word) => expect(templateMistake(text)?.message).toContain(word));

test("mistakes come with the word that was meant", () => {
  expect(templateMistake("{{ humanise $value }}")?.hint).toContain("`humanize`");
  expect(templateMistake("{{ labels.model }}")?.hint).toContain("`$labels`");
  expect(templateMistake("{{ $label.model }}")?.hint).toContain("`$labels`");
});

test("labels are found in each spelling, once, and only within braces", () => {
  expect(templateLabels('$labels.x {{ $labels.a }} {{ index $labels "b" }} {{ .Labels.c }} {{ $labels.a }}')).toEqual([
    "a",
    "c",
    "b",
  ]);
  expect(templateLabels("{{ range query `up` }}{{ $s.Labels.instance }}{{ end }}")).toEqual([]);
});
