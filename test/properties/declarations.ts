/** Random declarations that are in order: every kind, window, grouping and platform, with texts that mean harm. */
import fc from "fast-check";
import type {
  AlertingDeclaration,
  BudgetingDeclaration,
  CompositeDeclaration,
  PlatformDeclaration,
  ServiceDeclaration,
  SloDeclaration,
} from "../../src/model/declaration.ts";
import { kinds } from "../../src/sli/index.ts";
import { hostileText } from "../promql/arbitrary.ts";

/** Composites are made of what is declared beside them: see `journeyOf`. */
const examples = Object.values(kinds)
  .flatMap((kind) =>
    kind.examples.map((example) => ({ example: ofAnyGroup(example as SloDeclaration["sli"]), method: kind.method })),
  )
  .filter(({ example }) => example.kind !== "composite");

/** Expressions that keep all labels, whatever they are then grouped by. */
function ofAnyGroup(example: SloDeclaration["sli"]): SloDeclaration["sli"] {
  const bare = (_key: string, value: unknown) =>
    typeof value === "string" ? value.replace(/^(?:sum|avg)\((.*)\)$/, "$1") : value;
  return JSON.parse(JSON.stringify(example), bare);
}

/** Texts that YAML, Go templates or PromQL might take for something else. */
export const HOSTILE: readonly string[] = [
  "yes",
  "no",
  "on",
  "off",
  "y",
  "n",
  "null",
  "~",
  "true",
  "1",
  "1.5",
  "1e3",
  "0x10",
  "0o7",
  "012",
  "0b1",
  "1_000",
  "1:30",
  "+1",
  ".5",
  ".nan",
  "-.inf",
  "2001-01-01",
  "2001-01-01T00:00:00Z",
  "-",
  "- a",
  "---",
  "...",
  "--- a",
  "!!str a",
  "!a",
  "&a",
  "*a",
  "%YAML 1.1",
  "@a",
  "`a`",
  "? a",
  ": a",
  "a: b",
  "a:",
  "| a",
  "> a",
  "[a",
  "{a",
  "]",
  "}",
  ",",
  "# a",
  "a # b",
  "a #b",
  "'",
  "''",
  '"',
  '""',
  "\\",
  "<<",
  "=",
  " a",
  "a ",
  "  a\nb",
  "a\n",
  "a\n\n",
  "\na",
  "\n",
  "a\n b\n  c",
  "a\r\nb",
  "a\rb",
  "\ta",
  "a\tb",
  "a\n\tb",
  "\u0000",
  "a\u0007b",
  "\u001b[31m",
  "a\u007f",
  "a\u0080b",
  "a\u0085b: c",
  "a\u00a0b",
  "a\u2028- b",
  "a\u2029b",
  "\ufeffa",
  "a\ufffeb",
  "\uffff",
  "é",
  "日本",
  "🔥",
  "a\u0301",
  "\u202eabc",
  "{{",
  "}}",
  "{{{",
  "{{{{",
  "{{ $labels.model }}",
  '{{ "x" }}',
  "{{- a -}}",
  "{{/* a */}}",
  '{{ template "x" }}',
  "{{`a`}}",
  "{{\n}}",
  "{ {",
  "%s %d %",
  "${HOME}",
  "$labels",
  "$1",
  'x"} or vector(1) #',
  "]) offset 1d",
  "alert: x\n  expr: vector(1)",
  "\n      - alert: Injected\n        expr: vector(1)",
  "a".repeat(300),
  "<script>alert(1)</script>",
  "[link](javascript:x)",
  "</a>",
  "&amp;",
];

/** Any text, harmless ones too. */
export const anyText: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...HOSTILE), hostileText, fc.string());

const interval = fc.constantFrom("15s" as const, "30s" as const, "45s" as const, "1m" as const);
const labelName = fc.constantFrom("env", "pager", "squad", "cost_center");
const labels = fc.dictionary(
  labelName,
  anyText.filter((value) => value !== ""),
  { maxKeys: 3 },
);
const annotations = fc.dictionary(fc.constantFrom("summary", "note", "dashboard", "impact"), anyText, { maxKeys: 3 });

const alerting: fc.Arbitrary<AlertingDeclaration> = fc.oneof(
  fc.constant({}),
  fc.record(
    {
      labels,
      annotations,
      for: fc.constantFrom("1m" as const, "5m" as const),
      keepFiringFor: fc.constantFrom("2m" as const, "10m" as const),
    },
    { requiredKeys: [] },
  ) as fc.Arbitrary<AlertingDeclaration>,
  fc.constant<AlertingDeclaration>({
    overrides: { "page-fast": { severity: "ticket", for: "3m" }, "page-slow": { enabled: false } },
  }),
  fc.constant<AlertingDeclaration>({
    tiers: [
      { name: "quick", severity: "page", long: "40m", short: "5m", burn: 12 },
      { name: "lazy", severity: "info", long: "50m", short: "10m", burn: 1, for: "2m" },
    ],
  }),
);

const objective = fc.oneof(
  fc.constantFrom(50, 90, 95, 99, 99.9, 99.99),
  fc.integer({ min: 110, max: 9999 }).map((hundredths) => hundredths / 100),
);

const budgeting: fc.Arbitrary<BudgetingDeclaration> = fc.constantFrom<BudgetingDeclaration>(
  "events",
  { kind: "timeSlices", slice: "5m", target: 99 },
  { kind: "timeSlices", slice: "1m", target: 50 },
  { kind: "timeSlices", slice: "1h", target: 95 },
  { kind: "timeSlices", slice: "7m", target: 99.9 },
);

function sloOf(name: string): fc.Arbitrary<SloDeclaration> {
  const choice = fc.constantFrom(...examples).chain(({ example, method }) =>
    fc.record(
      {
        name: fc.constant(name),
        objective,
        sli: fc.constant(example),
        window: fc.constantFrom(
          "1h" as const,
          "6h" as const,
          "1d" as const,
          "7d" as const,
          "28d" as const,
          "30d" as const,
          "90d" as const,
          "366d" as const,
        ),
        groupBy: fc.constantFrom([], ["model"], ["job"], ["instance", "region"]),
        noTraffic: fc.constantFrom(
          ...(method === "slices" ? (["ignore", "bad", "good"] as const) : (["ignore"] as const)),
        ),
        budgeting: method === "slices" ? fc.constant("events" as const) : budgeting,
        minEvents: fc.constantFrom(1, 1000),
        minBad: fc.constantFrom(1, 5),
        labels,
        annotations,
        description: anyText,
        alerting,
        absence: fc.record({ noData: fc.boolean(), broken: fc.boolean() }, { requiredKeys: [] }),
        scrapeInterval: interval,
        evaluationInterval: interval,
        generation: fc.constantFrom(1, 2),
      },
      { requiredKeys: ["name", "objective", "sli"] },
    ),
  );
  return choice.filter((slo) => slo.window !== "1h" || !slo.alerting?.tiers) as fc.Arbitrary<SloDeclaration>;
}

/** A composite of the SLOs of a service, or none. */
function journeyOf(service: string, count: number): fc.Arbitrary<SloDeclaration[]> {
  const of = Array.from({ length: count }, (_, index) => `${service}/slo-${index}`);
  const journey = fc.record({
    name: fc.constant("journey"),
    objective,
    sli: fc.constantFrom<CompositeDeclaration>(
      { kind: "composite", as: "worst", of },
      { kind: "composite", as: "serial", of },
      { kind: "composite", as: "weighted", of: of.map((slo, index) => ({ slo, weight: index + 1 })) },
    ),
    window: fc.constantFrom("6h" as const, "30d" as const),
  });
  return count < 2 ? fc.constant([]) : fc.array(journey, { maxLength: 1 });
}

/** A service with up to three SLOs. */
export function serviceOf(name: string): fc.Arbitrary<ServiceDeclaration> {
  return fc.record(
    {
      name: fc.constant(name),
      owner: anyText.filter((owner) => owner.trim() !== ""),
      description: anyText,
      labels,
      annotations,
      slos: fc.integer({ min: 1, max: 3 }).chain((count) => {
        const slos = fc.tuple(...Array.from({ length: count }, (_, index) => sloOf(`slo-${index}`)));
        return fc.tuple(slos, journeyOf(name, count)).map(([own, journey]) => [...own, ...journey]);
      }),
    },
    { requiredKeys: ["name", "owner", "slos"] },
  ) as fc.Arbitrary<ServiceDeclaration>;
}

/** An environment; names in it are harmless. */
export const platform: fc.Arbitrary<PlatformDeclaration> = fc.record(
  {
    scrapeInterval: interval,
    evaluationInterval: interval,
    settle: fc.constantFrom("1s" as const, "10s" as const, "2m" as const),
    identity: fc.constantFrom([], ["cluster"], ["cluster", "tenant"]),
    severities: fc.constantFrom("kube-prometheus" as const, { page: "P1" }),
    dashboards: fc.constantFrom("https://grafana.example.com", "https://grafana.example.com/a%20b/?x={{y}}&z=\"'"),
    runbooks: fc.constantFrom("https://runbooks.example.com", "https://runbooks.example.com/{{x}}#y"),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<PlatformDeclaration>;
