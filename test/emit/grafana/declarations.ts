/** Declarations for the tests of dashboards and runbooks: every SLI kind, and text that would break out of anything. */
import { compile } from "../../../src/compile/compile.ts";
import type { Plan } from "../../../src/compile/plan.ts";
import type { PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { hasErrors, printIssue } from "../../../src/issue.ts";
import { parse } from "../../../src/parse/parse.ts";
import { kinds } from "../../../src/sli/index.ts";

/** Closes or opens something in Markdown, tables, HTML, Handlebars, Go templates and Grafana. */
export const HOSTILE =
  "a | b\n\n# Owned\n| x |\r\n```\n<script>alert(1)</script> [y](javascript:z) `c` {{owner}} ${datasource} $model $__all [[model]] *b* _i_ &lt; \u2028end\\";

const platform: PlatformDeclaration = {
  dashboards: "https://grafana.example.com",
  retention: "90d",
  receivers: { default: { page: { pagerduty: { secret: "pager" } }, ticket: { slack: { secret: "slack" } } } },
};

/** The plan of some services. It fails where they do not parse. */
export function planOf(services: readonly object[], changes: PlatformDeclaration = {}): Plan {
  const parsed = parse({ services, platform: { ...platform, ...changes } });
  if (hasErrors(parsed.issues)) throw new Error(parsed.issues.map(printIssue).join("\n"));
  return compile(parsed.services, parsed.platform).plan;
}

/** A service with these SLOs. */
export function service(name: string, slos: readonly object[], more: object = {}): object {
  return { name, owner: "ml-platform", runbooks: `https://runbooks.example.com/${name}`, slos, ...more };
}

/** An SLO of events; anything can be said otherwise. */
export function slo(name: string, more: object = {}): object {
  return {
    name,
    objective: 99.9,
    window: "30d",
    sli: { kind: "events", total: "requests_total", bad: "errors_total" },
    ...more,
  };
}

/** One service per kind with an SLO for each of its examples, with and without groups. */
export function everyKind(): object[] {
  // Composites are made of SLOs that these services do not have.
  const alone = Object.entries(kinds).filter(([kind]) => kind !== "composite");
  return alone.map(([kind, { examples }]) =>
    service(
      kind,
      examples.flatMap((sli, index) => both(sli as object, index)),
    ),
  );
}

function both(sli: object, index: number): object[] {
  const plain = slo(`example-${index}`, { sli });
  // An expression's labels are its own: it cannot be grouped by adding a label here.
  return JSON.stringify(sli).includes("promql")
    ? [plain]
    : [plain, slo(`grouped-${index}`, { sli, groupBy: ["region", "model"] })];
}

/** A service in which everything that may be any text is hostile. */
export function hostileService(): object {
  const sli = {
    kind: "events",
    total: '{"odd ```| `name`"}',
    bad: { promql: 'sum by (model) (rate(errors_total{path="```| $model"}[$window]))' },
  };
  const gauge = { kind: "gauge", metric: { promql: "sum(x)", meaning: HOSTILE }, op: "<", threshold: 1 };
  return service(
    "checkout",
    [
      slo("availability", { description: HOSTILE, groupBy: ["model"], sli, eventsPerDay: 1000 }),
      slo("room", { sli: gauge }),
    ],
    { description: HOSTILE, owner: HOSTILE },
  );
}
