/** What no cluster takes is an error of the declaration, whether files are wanted or not. */
import { expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { NO_FILES } from "../../../src/emit/target.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";

/** So many that the configuration is larger than a ConfigMap may be. */
const webhooks = Array.from({ length: 12_000 }, (_, index) => ({
  url: `https://hooks.example.com/${index}/${"x".repeat(60)}`,
}));
const declared = {
  services: [
    {
      name: "shop",
      owner: "team",
      runbooks: "https://runbooks.example.com",
      slos: [{ name: "errors", objective: 99, sli: { kind: "events", total: "requests_total", bad: "errors_total" } }],
    },
  ],
  platform: {
    receivers: { default: { page: { raw: { webhook_configs: webhooks } } } },
    kubernetes: { kind: "configMaps", namespace: "monitoring" },
  },
  templates: readTemplates(),
};

test.each([undefined, NO_FILES])("an object that is too large is reported with the targets %j", (targets) => {
  const { artifacts, issues } = build({ ...declared, ...(targets === undefined ? {} : { targets }) });
  expect(issues.filter(({ level }) => level === "error").map(({ code }) => code)).toEqual(["object-too-large"]);
  expect(artifacts).toEqual([]);
});
