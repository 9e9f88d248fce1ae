/** Names in `formerly` that two things list, in the real Pulumi engine: it refuses one alias of two resources. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ServiceDeclaration } from "../../src/declare/declaration.ts";
import { SloStack } from "../../src/pulumi/index.ts";
import { makeStack, type TestStack } from "../support/cluster/stack.ts";
import { describeWithEngine } from "../support/engines.ts";
import { errorRate, gateway, platform, search, speed } from "./declarations.ts";

describeWithEngine("pulumi", "former names, deployed by the real engine", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-formerly-"));
  const out = join(dir, "out");
  let services: readonly ServiceDeclaration[] = [gateway, search];
  let pulumi: TestStack;

  beforeAll(async () => {
    const program = async () => void new SloStack("slos", { services, platform, target: { kind: "files", dir: out } });
    pulumi = await makeStack(dir, program);
    await pulumi.up();
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  const up = async (...next: readonly ServiceDeclaration[]) => {
    services = next;
    const { changes } = await pulumi.up();
    const done = changes.filter(({ op, what }) => op !== "same" && /runbooks|^Service/.test(what));
    // The engine works on several at a time.
    return done.map(({ op, what }) => `${op} ${what}`).sort();
  };
  const runbooks = (service: string) => readdirSync(join(out, "runbooks", service)).sort();

  test("of two SLOs that list one name, the first keeps its place", async () => {
    const errors = { ...errorRate, name: "errors", formerly: ["error-rate", "error-rate"] };
    const slow = { ...speed, name: "slow", formerly: ["error-rate", "slow"] };
    expect(await up({ ...gateway, slos: [slow, errors] }, search)).toEqual([
      "create runbooks/gateway/slow.md",
      "delete runbooks/gateway/latency.md",
      "replace runbooks/gateway/errors.md",
      "update Service slos/gateway",
    ]);
    expect(runbooks("gateway")).toEqual(["errors.md", "slow.md"]);
  });

  test("of two services that list one name, the first keeps its place", async () => {
    const [first, second] = ["find", "look"].map((name) => ({ ...search, name, formerly: ["search", "gateway"] }));
    await up(gateway, ...[second, first].filter((each) => each !== undefined));
    expect([runbooks("find"), runbooks("look")]).toEqual([["availability.md"], ["availability.md"]]);
    expect(readdirSync(join(out, "runbooks")).sort()).toEqual(["find", "gateway", "look"]);
  });
});
