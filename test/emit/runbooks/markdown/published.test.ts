/** Where an alert's link leads: to the page that is generated for it. */
import { describe, expect, test } from "vitest";
import { runbookPath } from "../../../../src/emit/runbooks/paths.ts";
import { parse } from "../../../../src/parse/parse.ts";
import { platform, service } from "../../../parse/valid.ts";

const SHARED = "https://runbooks.example.com";

function links(services: unknown[], environment: object = platform): (string | undefined)[] {
  return parse({ services, platform: environment }).services.flatMap(({ slos }) => slos.map(({ runbook }) => runbook));
}

describe("the link to a runbook", () => {
  test("is, below the platform's base, the path of the page that is generated", () => {
    const services = [service, { ...service, name: "search" }];
    const pages = ["gateway", "search"].flatMap((name) =>
      ["availability", "latency"].map((slo) => runbookPath(name, slo)),
    );
    expect(links(services).map((url) => `${url?.replace(SHARED, "runbooks")}.md`)).toEqual(pages);
  });

  test.each(["https://team.example.com/gateway", "https://team.example.com/gateway/"])(
    "is the SLO's name below the service's own base: %s",
    (runbooks) =>
      expect(links([{ ...service, runbooks }])).toEqual([
        "https://team.example.com/gateway/availability",
        "https://team.example.com/gateway/latency",
      ]),
  );

  test("has no second slash where the platform's base ends with one", () =>
    expect(links([service], { ...platform, runbooks: `${SHARED}/` })[0]).toBe(`${SHARED}/gateway/availability`));
});
