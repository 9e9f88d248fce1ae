/** HTML as text: everything that is declared is escaped, and the page brings its own style. Nothing is loaded from anywhere. */

/** Text within an element or an attribute. */
export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** A sentence with code in back quotes, as Markdown has it. */
export function sentence(text: string): string {
  return escapeHtml(text).replaceAll(/`([^`]+)`/g, "<code>$1</code>");
}

/** A table whose cells are sentences; the first of a row is its heading. Wide ones scroll by themselves, also from the keyboard. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = ([first = "", ...rest]: readonly string[]): string =>
    `<tr><th scope="row">${sentence(first)}</th>${rest.map((cell) => `<td>${sentence(cell)}</td>`).join("")}</tr>`;
  const names = head.map(columnHead).join("");
  return `<div class="wide" role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption><thead><tr>${names}</tr></thead><tbody>${rows.map(cells).join("")}</tbody></table></div>`;
}

// A heading without words is none: screen readers would announce it.
function columnHead(name: string): string {
  return name === "" ? "<td></td>" : `<th scope="col">${escapeHtml(name)}</th>`;
}

/** A part of the page with its heading; nothing where it has no content. */
export function section(title: string, body: string): string {
  return body === "" ? "" : `<section><h2>${escapeHtml(title)}</h2>${body}</section>`;
}

/** The whole page. */
export function htmlPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --quiet: #57606a; --line: #d0d7de; --tint: #f6f8fa; --before: #8250df; --after: #0969da; --bad: #b42318; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --paper: #0d1117; --quiet: #9da7b1; --line: #30363d; --tint: #161b22; --before: #c297ff; --after: #6cb6ff; --bad: #ff8a80; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.2rem; line-height: 1.4; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; overflow-wrap: anywhere; }
.quiet, caption, figcaption { color: var(--quiet); font-size: .9rem; text-align: left; }
.wide { overflow-x: auto; margin: 1rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
tbody th { font-weight: 600; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
.pair > * { min-width: 0; }
pre { background: var(--tint); border: 1px solid var(--line); padding: .75rem; overflow-x: auto; font: .8rem/1.45 ui-monospace, monospace; margin: .25rem 0 1rem; }
.breaks li { margin: .5rem 0; } .kind { color: var(--bad); font-weight: 600; }
figure { margin: 1rem 0; } svg { width: 100%; height: auto; max-width: 40rem; display: block; }
svg text { fill: var(--quiet); font: 12px system-ui, sans-serif; } .axis { stroke: var(--line); fill: none; }
.curve { fill: none; stroke-width: 2.5; } .before { stroke: var(--before); stroke-dasharray: 6 4; } .after { stroke: var(--after); }
svg text.before { fill: var(--before); stroke: none; }
svg text.after { fill: var(--after); stroke: none; }
@media (max-width: 40rem) { svg text { font-size: 20px; } }
ul.tree, ul.tree ul { padding-left: 1.25rem; } .tree li { overflow-wrap: anywhere; } .new { outline: 2px solid var(--after); outline-offset: 2px; }
details { margin: .75rem 0; } summary { cursor: pointer; overflow-wrap: anywhere; }
`;
