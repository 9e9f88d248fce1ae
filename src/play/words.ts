/** What promtool says of a test that fails, without what is only of this run. */

export interface Said {
  readonly stdout: string;
  readonly stderr: string;
  readonly signal: string | null;
}

/** @param names - What stands for paths of this run, longer ones first. */
export function failureWords({ stdout, stderr, signal }: Said, names: readonly (readonly [string, string])[]): string {
  const said = stderr.trim() === "" ? stdout : stderr;
  const lines = said.split(/\r?\n/).filter((line) => line.trim() !== "" && line !== "  FAILED:");
  const ended = signal === null ? [] : [`promtool was ended by ${signal}.`];
  return names.reduce((text, [path, name]) => text.replaceAll(path, name), [...lines, ...ended].join("\n"));
}
