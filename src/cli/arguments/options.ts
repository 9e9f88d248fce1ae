/** Every option of every command: one table, so that a name means one thing everywhere. */

export interface Option {
  readonly type: "string" | "boolean";
  readonly short?: string;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly multiple?: boolean;
  readonly default?: string;
  readonly help: string;
}

export const options = {
  out: { type: "string", value: "DIR", default: "generated", help: "directory to write into; of `test`, to read" },
  target: {
    type: "string",
    value: "NAME",
    multiple: true,
    help: "only prometheus, proofs, alertmanager, grafana, runbooks or kubernetes; may be given again",
  },
  strict: { type: "boolean", help: "warnings are errors too" },
  "fail-on": {
    type: "string",
    value: "KINDS",
    multiple: true,
    help: "exit 1 for these breaks, such as loosened,removed,renamed; or any",
  },
  into: { type: "string", value: "FILE", help: "a configuration of Alertmanager, which is changed" },
  format: {
    type: "string",
    value: "text|markdown",
    help: "text, or Markdown for a comment (default: text on a terminal, else Markdown)",
  },
  annotate: {
    type: "string",
    value: "github|gitlab|sarif",
    help: "issues as annotations of a code review, or as SARIF, on stdout",
  },
  slo: { type: "string", value: "SERVICE/SLO", help: "only this SLO or budget" },
  against: { type: "string", value: "prometheus=URL", help: "a ruler in place of a base: what would change in it" },
  rules: { type: "string", value: "FILES", multiple: true, help: "rule files of your own, as a path or a pattern" },
  prometheus: { type: "string", value: "URL", help: "the Prometheus to ask, or anything that speaks its API" },
  name: { type: "string", value: "NAME", help: "of the project and its first service (default: the folder's)" },
  owner: { type: "string", value: "TEAM", help: "who is notified (default: default)" },
  pulumi: { type: "boolean", help: "also what deploys with Pulumi: a program, or a part for one that is here" },
  promtool: { type: "string", value: "PATH", default: "promtool", help: "the promtool to play them in" },
  jobs: { type: "string", value: "NUMBER", help: "how many at a time (default: as many as there are processors)" },
  all: { type: "boolean", help: "also the tests that passed before on the same rules" },
  json: { type: "boolean", help: "one JSON document on stdout" },
  slos: { type: "string", value: "FILE", default: "slos/index.ts", help: "module that exports `services`" },
  platform: { type: "string", value: "FILE", help: "module that exports another `platform`" },
  describe: { type: "boolean", help: "the command as JSON: its options, and the schema of its output" },
  help: { type: "boolean", short: "h", help: "this text" },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof options;
