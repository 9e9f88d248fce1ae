/** `firebreak doctor`: declarations against a living Prometheus. It is asked in `doctor/`, and only printed here. */
import type { Cost } from "../../doctor/cost.ts";
import type { Diagnosis } from "../../doctor/doctor.ts";
import { hasErrors } from "../../issue.ts";
import { printAmount } from "../../promql/number.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command, ExitCode, Input } from "../command.ts";
import { count, printIssues, printWaiting } from "../print/print-issues.ts";
import type { Terminal } from "../print/terminal.ts";

export const doctor: Command = {
  name: "doctor",
  summary: "Asks a Prometheus whether everything is as declared",
  operands: [],
  options: ["prometheus", "strict", "json"],
  about: [
    "Credentials come from the environment: FIREBREAK_PROMETHEUS_TOKEN, or FIREBREAK_PROMETHEUS_USER and",
    "FIREBREAK_PROMETHEUS_PASSWORD; FIREBREAK_PROMETHEUS_HEADERS holds more headers as JSON. It only reads.",
  ],
  examples: ["firebreak doctor --prometheus http://localhost:9090"],
  async run(input, terminal, evaluate) {
    const { flags } = input;
    if (flags.prometheus === undefined)
      throw new UsageError(
        "doctor needs --prometheus.",
        "Such as: firebreak doctor --prometheus http://localhost:9090",
      );
    const { plan, waiting, issues } = await evaluate(flags, terminal, []);
    if (plan === undefined || hasErrors(issues)) {
      const code = report({ issues, metrics: 0 }, input, terminal);
      if (!flags.json) printWaiting({ plan, waiting }, terminal);
      return code;
    }
    const { connectionOf } = await import("../../doctor/ask/prometheus.ts");
    const { diagnose } = await import("../../doctor/doctor.ts");
    const connection = connectionOf(flags.prometheus, process.env);
    if ("code" in connection) return report({ issues: [connection], metrics: 0 }, input, terminal);
    terminal.progress(`asking ${flags.prometheus}`);
    return report(await diagnose(plan, connection), input, terminal);
  },
};

function report({ issues, metrics, cost }: Diagnosis, { flags }: Input, terminal: Terminal): ExitCode {
  const failed = hasErrors(issues, flags.strict);
  if (flags.json) terminal.print(JSON.stringify({ ok: !failed, metrics, cost, issues }, null, 2));
  else {
    printIssues(issues, flags.strict, terminal);
    if (issues.length === 0) terminal.print(`${count(metrics, "metric")} looked at: everything is as declared.`);
    if (cost !== undefined) terminal.print(costWords(cost));
  }
  return failed ? 1 : 0;
}

function costWords({ measuredSamplesPerHour, predictedSamplesPerHour, addedSeries, headSeries }: Cost): string {
  const read = `${printAmount(measuredSamplesPerHour)} raw samples an hour (predicted: ${printAmount(predictedSamplesPerHour)})`;
  const to = headSeries === undefined ? "" : ` to ${printAmount(headSeries)}`;
  return `Rules of SLOs read ${read}, and add ${printAmount(addedSeries)} series${to}.`;
}
