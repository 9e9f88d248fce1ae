/** No file shows what binary fractions leave over: a reader would look for a reason. */
import { expect, test } from "vitest";
import { build } from "../../src/api.ts";
import { defineService, events, gauge, latency } from "../../src/index.ts";

const slis = {
  errors: events({ total: 'a_requests_total{job="a"}', bad: 'a_errors_total{job="a"}' }),
  depth: gauge({ metric: 'a_depth{job="a"}', op: "<", threshold: 2 / 3 }),
  native: latency({ histogram: 'a_seconds{job="a"}', threshold: "300ms", type: "native" }),
};

test.each([99.9, 99.99, 99.95, 99.5, 97.13, 95, 93.7])("an objective of %s", (objective) => {
  const slos = Object.entries(slis).map(([name, sli]) => ({ name, objective, sli }));
  const { files } = build({
    services: [defineService({ name: "a", owner: "t", runbooks: "https://runbooks.example.com", slos })],
    platform: { retention: "60d" },
  });
  expect(files).not.toEqual([]);
  expect(
    files.flatMap(({ path, text }) => (text.match(/\d\.\d{13,}/g) ?? []).map((dust) => `${path}: ${dust}`)),
  ).toEqual([]);
});
