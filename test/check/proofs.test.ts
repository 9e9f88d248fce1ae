import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { hasErrors, type Issue } from "../../src/issue.ts";
import { availability, platform, service, slow } from "../parse/valid.ts";

const sli = { kind: "events", total: "ai_requests_total", bad: "ai_errors_total" };
const experiment = { name: "prompt", label: "variant", baseline: "A", slis: [{ name: "success", sli }] };

function issuesOf(...services: object[]): readonly Issue[] {
  const declared = services.map((each) => ({ ...service, slos: [], ...each }));
  return build({ services: declared, platform, templates: {}, targets: ["proofs"] }).issues;
}

/** Each alert that is named, and where: `SloNoData (no-series): availability`. */
function namedOf(...services: object[]): string[] {
  const notes = issuesOf(...services).filter(({ code }) => code === "not-proven");
  const lines = notes.flatMap(({ message }) => [...message.matchAll(/^ {2}(\S.*): (.+)$/gm)]);
  return lines.flatMap(([, alerts = "", where = ""]) => alerts.split(", ").map((alert) => `${alert}: ${where}`)).sort();
}

const LABEL = "SloBroken (group-label-missing)";
const probed = { ...availability, sli: { kind: "probe", metric: "probe_success" }, groupBy: ["instance"] };

describe("an alert that no generated test makes fire", () => {
  test("is named, with those that it shares a reason with", () => {
    const other = { ...probed, name: "other", sli: { ...probed.sli, metric: "other_success" } };
    expect(namedOf({ slos: [probed, other] })).toContain(`${LABEL}: availability, other`);
  });

  test("is named of an experiment", () => {
    expect(namedOf({ experiments: [experiment] })).toEqual([]);
    expect(namedOf({ experiments: [{ ...experiment, for: "20h" }] })).toEqual(["ExperimentWorse: prompt"]);
  });

  test("is named for its own service", () => {
    const both = issuesOf({ slos: [probed] }, { name: "other", slos: [probed] });
    const notes = both.filter(({ code }) => code === "not-proven");
    expect(notes.map(({ path, level }) => ({ path, level }))).toEqual([
      { path: ["gateway"], level: "note" },
      { path: ["other"], level: "note" },
    ]);
  });
});

test("notes are no errors, not even strictly", () => {
  const notes = issuesOf({ slos: [probed] }).filter(({ level }) => level === "note");
  expect(notes).not.toEqual([]);
  expect(hasErrors(notes, true)).toBe(false);
});

test("of declarations with errors nothing is proven, and nothing said of proofs", () => {
  const declared = { slos: [{ ...slow, sli: { ...slow.sli, buckets: [0.5, 2] } }] };
  expect(issuesOf(declared).map(({ code }) => code)).toContain("threshold-no-bucket");
  expect(namedOf(declared)).toEqual([]);
});
