/** Where pages are. */

/** The runbook of an SLO, budget or experiment, relative to the output. */
export function runbookPath(service: string, name: string): string {
  return `runbooks/${service}/${name}.md`;
}
