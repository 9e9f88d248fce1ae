/** `node tools/runbook-picture.ts`: draws the first screen of a generated runbook, as a browser shows it, for docs/runbooks.md. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "../src/api.ts";
import { readArguments } from "./arguments/read-arguments.ts";
import { ROOT } from "./docs/runs.ts";

const HELP = `Draws the first screen of a runbook of slos/ into docs/runbook-first-screen.png. Needs Chromium, and npm for a converter of Markdown.

  node tools/runbook-picture.ts                        the page of inference-gateway/error-rate
  node tools/runbook-picture.ts --page vllm/kv-cache   another
  node tools/runbook-picture.ts --chromium FILE        default: /usr/bin/chromium`;

/** One version draws one picture. It is a tool for this page alone, and so no dependency. */
const CONVERTER = "marked@16.4.1";
const SIZE = "1180,900";

const STYLE = `body { font: 15px/1.45 "DejaVu Sans", sans-serif; margin: 20px 36px; color: #1f2328; }
h1 { font-size: 23px; margin: 0 0 8px; } h2 { font-size: 18px; margin: 14px 0 6px; border-bottom: 1px solid #d1d9e0; }
p { margin: 6px 0; } ul { margin: 6px 0; padding-left: 22px; } li { margin: 4px 0; } a { color: #0969da; text-decoration: none; }
table { border-collapse: collapse; } td, th { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; }
code { font: 13px "DejaVu Sans Mono", monospace; background: #eff1f3; padding: 1px 4px; border-radius: 4px; }`;

const { values } = readArguments({
  options: {
    page: { type: "string", default: "inference-gateway/error-rate" },
    chromium: { type: "string", default: "/usr/bin/chromium" },
  },
  help: HELP,
});
await draw(values.page, values.chromium);

async function draw(page: string, chromium: string): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-picture-"));
  const [html, picture] = [join(dir, "page.html"), join(ROOT, "docs", "runbook-first-screen.png")];
  try {
    writeFileSync(html, htmlOf(await markdownOf(page)));
    const flags = ["--headless", "--no-sandbox", "--hide-scrollbars", `--window-size=${SIZE}`];
    execFileSync(chromium, [...flags, `--screenshot=${picture}`, `file://${html}`], { stdio: "ignore" });
    console.log(`${picture}: ${readFileSync(picture).length} bytes`);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

async function markdownOf(page: string): Promise<string> {
  const { services, platform } = await import("../slos/index.ts");
  const file = build({ services, platform }).files.find(({ path }) => path === `runbooks/${page}.md`);
  if (!file) throw new Error(`slos/ has no runbook ${page}.`);
  return file.text;
}

function htmlOf(markdown: string): string {
  const body = execFileSync("npx", ["--yes", CONVERTER, "--gfm"], { input: markdown, encoding: "utf8" });
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}`;
}
