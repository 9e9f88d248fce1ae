/** `firebreak merge` as a process on real files: comments stay, twice is once, and a name that is taken is refused. */
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { describeWithEngine, runAmtool } from "../support/engines.ts";
import { theirs } from "../support/foreign-alertmanager.ts";
import { firebreak, project, put, SOUND } from "./firebreak.ts";

const FILE = "alerting/alertmanager.yaml";

describe("firebreak merge", () => {
  test("keeps every line of theirs, comments too, and brings the texts along", async () => {
    const root = project({ ...SOUND, [FILE]: theirs });
    const { status, stderr } = await merge(root);
    expect(status, stderr).toBe(0);
    const lines = read(root).split("\n");
    const kept = theirs.split("\n");
    expect(lines.filter((line) => kept.includes(line))).toEqual(kept);
    expect(read(root)).toMatch(/^ *- receiver: "?firebreak-web-page"?$/m);
    expect(readdirSync(join(root, "alerting/templates"))).toEqual(["firebreak.tmpl"]);
  });

  test("says what it did, does nothing the second time, and says that too", async () => {
    const root = project({ ...SOUND, [FILE]: theirs });
    const first = await merge(root);
    const [text, { mtimeMs }] = [read(root), statSync(join(root, FILE))];
    const second = await merge(root);
    expect(second.status).toBe(0);
    expect(read(root)).toBe(text);
    expect(statSync(join(root, FILE)).mtimeMs).toBe(mtimeMs);
    expect(second.stdout).not.toBe(first.stdout);
    const counts = countsIn(first.stdout);
    expect(counts).toEqual(expect.arrayContaining(["2 inhibition rules", "1 route", "2 receivers"]));
    expect(countsIn(second.stdout)).toEqual(counts);
  });

  test("takes away what is declared no longer", async () => {
    const root = project({ ...SOUND, [FILE]: theirs });
    await merge(root);
    put(root, "slos/index.ts", SOUND["slos/index.ts"].replace('owner: "web"', 'owner: "shop"'));
    expect((await merge(root)).status).toBe(0);
    expect(read(root)).not.toContain("firebreak-web-page");
    expect(read(root)).toContain("firebreak-shop-page");
  });

  test.each([
    ["a receiver", "\n- name: database\n", "\n- name: firebreak-web-page\n- name: database\n", "firebreak-web-page"],
    ["a list in brackets", /routes:\n[\s\S]*?receivers:/, "routes: []\nreceivers:", "routes"],
  ])("refuses %s that is in the way, by name, and touches nothing", async (_what, line, other, named) => {
    const taken = theirs.replace(line, other);
    expect(taken).not.toBe(theirs);
    const root = project({ ...SOUND, [FILE]: taken });
    const { status, stdout, stderr } = await merge(root);
    expect(status).toBe(1);
    expect(`${stdout}${stderr}`).toContain(named);
    expect(read(root)).toBe(taken);
    expect(existsSync(join(root, "alerting/templates"))).toBe(false);
  });

  test("warns of a route that hears of nothing any more and a rule that mutes, and with --strict writes nothing", async () => {
    const muting =
      "inhibit_rules:\n- source_match: {severity: page}\n  target_match: {severity: ticket}\n  equal: [node]\n";
    const archived = theirs.replace("  routes:\n", "  routes:\n  - receiver: database\n    continue: true\n") + muting;
    const root = project({ ...SOUND, [FILE]: archived });
    const strict = await firebreak(root, ["merge", "--into", FILE, "--strict"]);
    expect([strict.status, read(root)]).toEqual([1, archived]);
    const { status, stderr } = await merge(root);
    expect([status, stderr]).toEqual([0, expect.stringContaining("route-unheard")]);
    expect(read(root)).toContain("firebreak-web-page");
    const again = await firebreak(root, ["merge", "--into", FILE, "--json"]);
    const { ok, issues, ...merged } = JSON.parse(again.stdout) as {
      ok: boolean;
      issues: { code: string; path: unknown }[];
    };
    expect(merged).toEqual({
      changed: false,
      lists: [
        { list: "routes", ours: 7, theirs: 2 },
        { list: "receivers", ours: 5, theirs: 2 },
        { list: "inhibit_rules", ours: 2, theirs: 1 },
        { list: "time_intervals", ours: 0, theirs: 0 },
        { list: "templates", ours: 1, theirs: 0 },
      ],
    });
    expect([again.status, ok, issues.map(({ code, path }) => [code, path])]).toEqual([
      0,
      true,
      [
        ["route-unheard", [FILE, "route", "routes", 0]],
        ["muted-by-others", [FILE, "inhibit_rules", 0]],
      ],
    ]);
  });

  test("writes nothing where no receiver is declared: its routes would take the alerts away from everybody", async () => {
    const unreached = SOUND["slos/index.ts"].replace(/ {2}receivers: .*\n/, "");
    const root = project({ "slos/index.ts": unreached, [FILE]: theirs });
    const { status, stderr } = await merge(root);
    expect([status, stderr]).toEqual([1, expect.stringContaining("not-deployable platform.receivers")]);
    expect(read(root)).toBe(theirs);
    expect(existsSync(join(root, "alerting/templates"))).toBe(false);
  });

  test("writes nothing where the declarations are wrong, or the file is not there", async () => {
    const wrong = SOUND["slos/index.ts"].replace("99.9", "100");
    const root = project({ "slos/index.ts": wrong, [FILE]: theirs });
    expect((await merge(root)).status).toBe(1);
    expect(read(root)).toBe(theirs);
    const { status, stdout, stderr } = await firebreak(project(SOUND), ["merge", "--into", "nowhere.yaml"]);
    expect(status).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain("nowhere.yaml");
  });
});

describeWithEngine("amtool", "what firebreak merge leaves behind", () => {
  test("is a configuration, after the first time and after the second", async () => {
    const root = project({ ...SOUND, [FILE]: theirs });
    for (const _time of ["first", "second"]) {
      expect((await merge(root)).status).toBe(0);
      const answer = await runAmtool(["check-config", join(root, FILE)]);
      expect(answer.status, answer.stderr).toBe(0);
    }
  });
});

function merge(root: string) {
  return firebreak(root, ["merge", "--into", FILE]);
}

function read(root: string): string {
  return readFileSync(join(root, FILE), "utf8");
}

function countsIn(text: string): string[] {
  return [...(text.match(/\d+ [a-z]+( rules?)?/g) ?? [])];
}
