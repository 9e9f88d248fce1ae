/** What the links of a runbook run, as a reader's browser would: by the number of their address. */

export interface Pane {
  readonly datasource?: string;
  readonly queries: readonly { readonly expr: string }[];
}

/** The queries behind the links of some part of a page, by title. */
export function linkedQueries(part: string, page: string): Map<string, string> {
  const links = [...part.matchAll(/\[((?:\\.|`[^`]*`|[^[\]])*)\]\[(\d+)\]/g)];
  return new Map(links.map(([, title = "", number = ""]) => [title, queryBehind(addressOf(page, number))]));
}

/** What an address opens in Explore. */
export function paneOf(address: URL): Pane {
  return (JSON.parse(address.searchParams.get("panes") ?? "") as { a: Pane }).a;
}

export function addressOf(page: string, number: string): URL {
  const [, address = `there is no address ${number}`] = new RegExp(`^\\[${number}\\]: (\\S+)$`, "m").exec(page) ?? [];
  return new URL(address);
}

function queryBehind(address: URL): string {
  return address.searchParams.get("g0.expr") ?? paneOf(address).queries[0]?.expr ?? "";
}
