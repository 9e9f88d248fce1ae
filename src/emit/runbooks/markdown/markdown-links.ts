/** Links within Markdown: which there are, where they lead, and the anchors that headings make. */

/** Targets of all links, as they are written; what stands in code is not a link. */
export function linksOf(markdown: string): string[] {
  const prose = withoutCode(markdown);
  const inline = [...prose.matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g)];
  const definitions = [...prose.matchAll(/^ {0,3}\[[^\]]+\]:\s*<?([^\s>]+)/gm)];
  return [...inline, ...definitions].map(([, target = ""]) => target);
}

/** Whether it leads to a file beside the page, or into the page: no address, and no path from a site's root. */
export function isRelative(link: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(link);
}

/** Where a relative link of a page leads: a path from where the pages' own begin, and an anchor, which may be empty. */
export function resolveLink(page: string, link: string): { readonly file: string; readonly anchor: string } {
  const [to = "", anchor = ""] = link.split("#");
  if (to === "") return { file: page, anchor };
  return { file: joined(page.split("/").slice(0, -1), to.split("/")), anchor };
}

function joined(folder: readonly string[], steps: readonly string[]): string {
  const path = [...folder];
  for (const step of steps) {
    if (step === "..") path.pop();
    else if (step !== "." && step !== "") path.push(step);
  }
  return path.join("/");
}

/** What headings are called by GitHub, GitLab and most others; and anchors that are written as HTML. */
export function anchorsOf(markdown: string): Set<string> {
  const headings = [...withoutBlocks(markdown).matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)].map(([, title = ""]) =>
    slug(title),
  );
  const ids = [...markdown.matchAll(/<[a-z][^>]*\s(?:id|name)="([^"]+)"/gi)].map(([, id = ""]) => id);
  return new Set([...headings, ...ids]);
}

function slug(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(/\s/g, "-");
}

function withoutCode(markdown: string): string {
  return withoutBlocks(markdown).replaceAll(/(?<![\\`])(`+)(?!`)[^\n]*?[^`]\1(?!`)/g, "");
}

function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\1/gm, "");
}
