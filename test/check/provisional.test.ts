/** Everything at once: mistakes in a declaration do not hide what the environment lacks. */
import { describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import { printPath } from "../../src/issue.ts";
import { availability, platform, service, slow } from "../parse/valid.ts";

const environment = { ...platform, runbooks: undefined, buckets: { ai_inference_latency_seconds: [0.1, 0.5] } };

function found(change: object, slos: readonly unknown[] = [availability, { ...slow, window: "90d" }]) {
  const services = [{ ...service, slos, ...change }];
  const { issues, waiting, artifacts } = build({ services, platform: environment, templates: {} });
  expect(artifacts).toEqual([]);
  const kept = issues.filter(({ code }) => code !== "no-receivers");
  return { issues: kept.map(({ code, path }) => `${code} ${printPath(path)}`), waiting: waiting.map(printPath) };
}

const OF_THE_ENVIRONMENT = [
  "missing-runbook gateway.runbooks",
  "threshold-no-bucket gateway.slos[1].sli.threshold",
  "window-beyond-retention gateway.slos[1].window",
];

describe("what the environment lacks is found", () => {
  test("without a mistake beside it", () => {
    expect(found({}).issues).toEqual(expect.arrayContaining(OF_THE_ENVIRONMENT));
  });

  test("where nobody owns the service", () => {
    const { issues, waiting } = found({ owner: undefined });
    expect(issues).toEqual(expect.arrayContaining(["missing-owner gateway.owner", ...OF_THE_ENVIRONMENT]));
    expect(waiting).toEqual([]);
  });

  test("where another SLO has a bad objective", () => {
    const { issues } = found({}, [
      { ...availability, objective: 100 },
      { ...slow, window: "90d" },
    ]);
    expect(issues).toEqual(
      expect.arrayContaining(["objective-out-of-range gateway.slos[0].objective", ...OF_THE_ENVIRONMENT]),
    );
  });

  test("where the same SLO has one", () => {
    const { issues } = found({}, [availability, { ...slow, window: "90d", objective: 100 }]);
    expect(issues).toEqual(
      expect.arrayContaining(["objective-out-of-range gateway.slos[1].objective", ...OF_THE_ENVIRONMENT]),
    );
  });

  test("where a name is no id, or is given twice", () => {
    expect(found({}, [availability, { ...slow, window: "90d", name: "No Id" }]).issues).toEqual(
      expect.arrayContaining(OF_THE_ENVIRONMENT),
    );
    expect(found({}, [availability, { ...slow, window: "90d", name: availability.name }]).issues).toEqual(
      expect.arrayContaining(OF_THE_ENVIRONMENT),
    );
  });
});

describe("of receivers", () => {
  const integration = { slack: { secret: "s" } };
  const team = { page: integration, ticket: integration };
  const of = (receivers: object, ...services: object[]) => {
    const declared = services.map((each) => ({ ...service, slos: [availability], ...each }));
    const { issues } = build({ services: declared, platform: { ...platform, receivers }, templates: {}, targets: [] });
    return issues
      .map(({ code, path }) => `${code} ${printPath(path)}`)
      .filter((fact) => !fact.startsWith("unknown-key"));
  };
  const other = { name: "other", owner: "web" };

  test("those of a team are not unused while its only service has a mistake", () => {
    expect(of({ default: team, ml: team }, { descripton: "x" }, other)).toEqual([]);
    expect(of({ default: team, ml: team }, other)).toEqual(["receiver-unused platform.receivers.ml"]);
  });

  test("an owner without any is named though its service has a mistake", () =>
    expect(of({ ml: team }, {}, { ...other, descripton: "x" })).toEqual([
      "missing-receiver platform.receivers.web.page",
      "no-receivers platform.receivers.web.ticket",
    ]));

  test("a missing owner is not taken for a team", () =>
    expect(of({ ml: team }, {}, { ...other, owner: undefined })).toEqual(["missing-owner other.owner"]));
});

describe("nothing untrue is said", () => {
  test("of a field that is wrong itself", () => {
    const { issues } = found({}, [availability, { ...slow, window: "1h30m" }]);
    expect(issues).toContain("bad-duration gateway.slos[1].window");
    expect(issues.filter((fact) => fact.startsWith("window-beyond-retention"))).toEqual([]);
    expect(found({ runbooks: "no url" }).issues.filter((fact) => fact.startsWith("missing-runbook"))).toEqual([]);
  });

  test("that depends on what was put in its place", () => {
    const few = { ...availability, objective: 100, eventsPerDay: 10 };
    const { issues } = found({ runbooks: "https://a.example" }, [few]);
    expect(issues).toEqual(["objective-out-of-range gateway.slos[0].objective"]);
  });
});

test("what is too broken is named, and waits", () => {
  const { issues, waiting } = found({}, [
    { ...availability, sli: { kind: "nope" } },
    { ...slow, window: "90d" },
  ]);
  expect(waiting).toEqual(["gateway.slos[0]"]);
  expect(issues).toEqual(expect.arrayContaining(OF_THE_ENVIRONMENT.slice(1)));
});
