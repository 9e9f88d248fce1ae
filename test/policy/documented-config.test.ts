/** The configuration that docs/pulumi.md shows is one that the policy pack reads. */
import { readFileSync } from "node:fs";
import { onTestFinished, test } from "vitest";
import { startPolicies } from "../support/policy-pack.ts";

const RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const SERVICE = "firebreak:index:Service";

test("what the page says of bounds, labels and tiers is what is then refused", async ({ expect }) => {
  const page = readFileSync(new URL("../../docs/pulumi.md", import.meta.url), "utf8");
  const [, text = ""] = /--policy-pack-config[\s\S]*?```json\n([\s\S]*?)```/.exec(page) ?? [];
  const config = JSON.parse(text) as Record<string, Record<string, unknown>>;
  const policies = await startPolicies(config);
  onTestFinished(() => policies.stop());
  const refused = async (type: string, properties: object) => (await policies.analyze(type, properties)).join("\n");
  const critical = (tier: string) => ({
    metadata: { name: "x", labels: { release: "kps" } },
    spec: {
      groups: [{ name: "g", rules: [{ alert: "A", expr: "1", labels: { severity: "critical", tier, owner: "a" } }] }],
    },
  });
  expect(policies.names).toEqual(expect.arrayContaining(Object.keys(config)));
  expect(await refused(SERVICE, { slos: { x: { objective: 99.97 } } })).toContain("between 90 and 99.95");
  expect(await refused(RULE, { metadata: { name: "x" }, spec: {} })).toContain("It has no label release.");
  expect(await refused(RULE, critical("page-fast"))).toContain("page-is-multi-window");
  expect(await refused(RULE, critical("targets-down"))).not.toContain("page-is-multi-window");
});
