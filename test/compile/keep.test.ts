/** Rules are made when they are read: what is let go is made again, and is the same. */
import { expect, test } from "vitest";
import { audiences } from "../../src/compile/audience.ts";
import { compile } from "../../src/compile/compile.ts";
import { type Keep, keepAll, keepLast } from "../../src/compile/keep.ts";
import { groupsOf, watchedIn } from "../../src/compile/plan.ts";
import { parse } from "../../src/parse/parse.ts";
import { platform, services } from "../golden/everything/index.ts";

test("everything is made when it is first asked for, and once", () => {
  const made: string[] = [];
  const one = keepAll(() => made.push("one"));
  expect(made).toEqual([]);
  one();
  one();
  expect(made).toEqual(["one"]);
});

test("what others were made after is let go, and made again", () => {
  const made: string[] = [];
  const keep = keepLast(2);
  const [one, two, three] = ["one", "two", "three"].map((name) => keep(() => made.push(name)));
  for (const ask of [one, two, one, three, two, one]) ask?.();
  expect(made).toEqual(["one", "two", "three", "one"]);
});

const parsed = parse({ services, platform });
const { plan } = compile(parsed.services, parsed.platform);

test("a plan has the same rules and the same audiences whatever is kept of it", () => {
  const other = compile(parsed.services, parsed.platform, keepLast(1)).plan;
  expect(other.services.map(groupsOf)).toEqual(plan.services.map(groupsOf));
  expect(audiences(other)).toEqual(audiences(plan));
});

test("rules and queries of an SLO are made when they are read, and not before", () => {
  const made: unknown[] = [];
  const noting: Keep = (make) => () => {
    const now = make();
    made.push(now);
    return now;
  };
  const [slo] = compile(parsed.services, parsed.platform, noting).plan.services.flatMap(({ slos }) => slos);
  expect(made).toEqual([]);
  const queries = slo?.queries;
  expect(made).toEqual([queries]);
});

test("a team has an audience for each severity of its alerts, without the rules of all its SLOs being made", () => {
  const owners = new Set(plan.services.map(({ service }) => service.owner));
  for (const owner of owners) {
    const own = plan.services.filter(({ service }) => service.owner === owner);
    const all = own.flatMap((each) => [each, ...watchedIn(each)]).flatMap(({ alerts }) => alerts);
    const said = audiences(plan).filter((audience) => audience.owner === owner);
    expect(said.map(({ severity }) => severity)).toEqual(
      expect.arrayContaining([...new Set(all.map(({ severity }) => severity))]),
    );
  }
});

test("a policy's information and an informing tier have an audience", () => {
  const declared = (own: object) => ({
    name: "shop",
    owner: "shop",
    runbooks: "https://runbooks.example.com",
    slos: [
      { name: "plain", objective: 99.9, sli: { kind: "events", total: "a_total", bad: "b_total" } },
      { name: "own", objective: 99.9, sli: { kind: "events", total: "c_total", bad: "d_total" }, ...own },
    ],
  });
  const severitiesWith = (own: object): string[] => {
    const { services, platform } = parse({ services: [declared(own)] });
    return audiences(compile(services, platform).plan).map(({ severity }) => severity);
  };
  expect(severitiesWith({})).not.toContain("info");
  expect(severitiesWith({ policy: { freezeAt: 0 } })).toContain("info");
  expect(severitiesWith({ alerting: { overrides: { "ticket-slow": { severity: "info" } } } })).toContain("info");
});
