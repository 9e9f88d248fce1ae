/** Any environment. */
import fc from "fast-check";
import type {
  Duration,
  KubernetesDeclaration,
  PlatformDeclaration,
  ReceiverDeclaration,
  Weekday,
} from "../../../src/declare/declaration.ts";
import { policy } from "./policy.ts";
import { declared, interval, oneOf, prose } from "./values.ts";

const secret = { secret: oneOf("pd", "team.hook-1") };

const receiver = declared(
  {
    webhook: oneOf<NonNullable<ReceiverDeclaration["webhook"]>>({ secret: "hook" }, { url: "https://h.example.com/x" }),
  },
  {
    pagerduty: fc.record(secret),
    opsgenie: fc.record(secret),
    slack: declared(secret, { channel: oneOf("#slo", "slo {{x}}") }),
    msteams: fc.record(secret),
    discord: fc.record(secret),
    email: fc.record({
      to: oneOf("a@b.example.com", "a@b, On call <c@d.example.com>"),
      from: oneOf("slo@example.com"),
      smarthost: oneOf("smtp.example.com:587", "[::1]:25"),
    }),
  },
) as fc.Arbitrary<ReceiverDeclaration>;

const team = declared({ page: receiver }, { ticket: receiver, info: receiver });

/** The team `default`, and some of their own. */
const receivers = fc
  .tuple(team, fc.dictionary(fc.oneof(oneOf("search", "payments"), prose), team, { maxKeys: 2 }))
  .map(([all, others]) => ({ default: all, ...others }));

const businessHours = declared(
  { start: oneOf("00:00", "09:00"), end: oneOf("17:30", "24:00") },
  {
    location: oneOf("Europe/Berlin", "Asia/Kolkata", "UTC"),
    days: oneOf<Weekday[]>(["monday"], ["saturday", "sunday", "tuesday"]),
  },
);

const dashboards = oneOf<NonNullable<KubernetesDeclaration["dashboards"]>>(
  { as: "configMaps", labels: { grafana: "1" }, folder: "SLO {{x}}" },
  { as: "grafanaDashboards", instanceSelector: { app: "grafana" } },
  { as: "none" },
);

const placed = { namespace: oneOf("monitoring") };
const placing = { createNamespace: fc.boolean(), prefix: oneOf("slo"), dashboards };

const kubernetes = fc.oneof(
  declared(
    { kind: oneOf("operator" as const), selectorLabels: oneOf({}, { release: "kps" }), ...placed },
    {
      ...placing,
      alertmanager: fc.oneof(
        declared(
          { as: oneOf("config" as const) },
          { selectorLabels: oneOf({ a: "b" }), matching: oneOf("OnNamespace" as const, "None") },
        ),
        oneOf({ as: "secret" as const, name: "alertmanager-main" }, { as: "none" as const }),
      ),
    },
  ),
  declared(
    { kind: oneOf("configMaps" as const), ...placed },
    { ...placing, alertmanager: oneOf({ as: "configMap" as const }, { as: "none" as const }) },
  ),
) as fc.Arbitrary<KubernetesDeclaration>;

export const platform = declared(
  { receivers, runbooks: oneOf("https://runbooks.example.com", "https://runbooks.example.com/{{x}}#y") },
  {
    scrapeInterval: interval,
    evaluationInterval: interval,
    settle: oneOf<Duration>("1s", "10s", "2m"),
    retention: oneOf<Duration>("31d", "100d", "400d"),
    ruler: declared({}, { rulesPerGroup: oneOf(10, 20, 1000), groups: oneOf(35, 1000) }),
    prometheus: oneOf(3 as const),
    identity: oneOf([], ["cluster"], ["cluster", "tenant"]),
    watchdog: receiver,
    severities: oneOf<NonNullable<PlatformDeclaration["severities"]>>(
      "kube-prometheus" as const,
      { page: "P1" },
      { ticket: 'q"uote', info: "{{x}}" },
    ),
    businessHours,
    requiredLabels: oneOf(["env"], []),
    dashboards: oneOf("https://grafana.example.com", "https://grafana.example.com/a%20b/?x={{y}}&z=\"'"),
    dataSource: oneOf("mimir-eu", "P1_x"),
    queries: oneOf("https://prometheus.example.com/", "https://prometheus.example.com/a%20b"),
    policy,
    secretsDirectory: oneOf("/run/secrets", "/a b/{{x}}"),
    kubernetes,
    foreign: oneOf(["rpc_"], ["http_", "vllm:"]),
    metricTypes: oneOf<Record<string, "counter" | "gauge">>({ queue_depth: "gauge" }, { tokens_total: "counter" }),
    buckets: oneOf<Record<string, number[]>>(
      { http_request_duration_seconds: [0.25, 0.5, 1, 2] },
      { other_seconds: [1] },
    ),
  },
) as unknown as fc.Arbitrary<PlatformDeclaration>;
