/** `firebreak test`: plays the generated tests in promtool. That is done in `io/play/`, and only printed here. */
import { availableParallelism } from "node:os";
import type { ServiceTests } from "../../io/play/find-tests.ts";
import type { Played } from "../../io/play/play-services.ts";
import { didYouMean } from "../arguments/did-you-mean.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, ExitCode, Input } from "../command.ts";
import { progressWords, totalWords, wordsOfPlayed } from "../print/print-tests.ts";
import type { Terminal } from "../print/terminal.ts";

export const test: Command = {
  name: "test",
  summary: "Plays the generated tests in promtool, each on the rules that it reads",
  operands: ["[<service>]"],
  options: ["out", "promtool", "jobs", "all", "json"],
  loadsDeclarations: false,
  about: [
    "Reads prometheus/*.tests.yaml of --out, and the rule files that these name; no declarations. The answers are",
    "those of `promtool test rules`, sooner: that evaluates every rule in every test. All rules are evaluated once.",
    "A test that this promtool has passed before, on the same rules, is not played again.",
  ],
  examples: ["firebreak test", "firebreak test shop --promtool ./promtool --jobs 4"],
  async run(input, terminal) {
    const { flags } = input;
    const [{ findTests }, { openPassed }, { openPromtool }, { playServices }] = await Promise.all([
      import("../../io/play/find-tests.ts"),
      import("../../io/play/passed.ts"),
      import("../../io/play/promtool.ts"),
      import("../../io/play/play-services.ts"),
    ]);
    const services = chosen(findTests(flags.out), input);
    const promtool = await openPromtool(flags.promtool);
    const passed = openPassed(await promtool.identity());
    let done = 0;
    const played = await playServices(services, {
      promtool,
      passed: flags.all ? { ...passed, has: () => false } : passed,
      jobs: flags.jobs ?? availableParallelism(),
      onTest: (file, name) => terminal.progress(progressWords(file, name, { done, all: services.length })),
      onWhole: (service) => terminal.note(`${service}: ${WHOLE}`),
      onPlayed: (one) => {
        done += 1;
        if (!flags.json) terminal.print(wordsOfPlayed(one, terminal.paintResult));
      },
    });
    return report(played, input, terminal);
  },
};

const WHOLE = "not every rule can be evaluated on what all tests have together, so each is played on all rules.";

function chosen(services: readonly ServiceTests[], { operands: [name] }: Input): readonly ServiceTests[] {
  const found = services.filter(({ service }) => name === undefined || service === name);
  if (found.length > 0) return found;
  const names = services.map(({ service }) => service);
  throw new UsageError(
    `There are no tests of ${name}.${didYouMean(name ?? "", names)}`,
    names.length <= MOST_NAMES
      ? `There are tests of ${names.join(", ")}.`
      : `There are tests of ${names.length} services, among them ${names.slice(0, MOST_NAMES).join(", ")}.`,
  );
}

/** So many that one line holds them. */
const MOST_NAMES = 5;

function report(played: readonly Played[], { flags }: Input, terminal: Terminal): ExitCode {
  const ok = played.every(({ failures }) => failures.length === 0);
  if (flags.json) terminal.print(JSON.stringify({ ok, issues: [], out: flags.out, services: played }, null, 2));
  else terminal.print(totalWords(played, terminal.paintResult));
  return ok ? 0 : 1;
}
