/** `npm run pictures`: draws the pictures of docs/, a runbook's first screen, e-mails of alerts and the review of a change, as Chromium shows them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { build } from "../src/api.ts";
import { readArguments } from "./arguments/read-arguments.ts";
import { ROOT, shownReview } from "./docs/runs.ts";

const HELP = `Draws the pictures in docs/. Needs Chromium, and npm for a converter of Markdown.

  npm run pictures
  npm run pictures -- --chromium FILE        default: /usr/bin/chromium`;

/** One version draws one picture. It is a tool for pictures alone, and so no dependency. */
const CONVERTER = "marked@16.4.1";

const RUNBOOK = "runbooks/inference-gateway/error-rate.md";

const STYLE = `body { font: 15px/1.45 "DejaVu Sans", sans-serif; margin: 20px 36px; color: #1f2328; }
h1 { font-size: 23px; margin: 0 0 8px; } h2 { font-size: 18px; margin: 14px 0 6px; border-bottom: 1px solid #d1d9e0; }
p { margin: 6px 0; } ul { margin: 6px 0; padding-left: 22px; } li { margin: 4px 0; } a { color: #0969da; text-decoration: none; }
table { border-collapse: collapse; } td, th { border: 1px solid #d1d9e0; padding: 4px 10px; text-align: left; }
code { font: 13px "DejaVu Sans Mono", monospace; background: #eff1f3; padding: 1px 4px; border-radius: 4px; }`;

interface Picture {
  readonly name: string;
  readonly html: string;
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly height: number;
  readonly colorScheme: "light" | "dark";
}

const { values } = readArguments({
  options: { chromium: { type: "string", default: "/usr/bin/chromium" } },
  help: HELP,
});
const browser = await chromium.launch({ executablePath: values.chromium, args: ["--no-sandbox", "--disable-gpu"] });
for (const picture of await pictures()) await draw(picture, browser);
await browser.close();

async function pictures(): Promise<readonly Picture[]> {
  const review = shownReview();
  return [
    { name: "runbook-first-screen", html: await runbook(), width: 1180, height: 900, colorScheme: "light" },
    { name: "email-page", html: mail("a-page"), width: 720, height: 210, colorScheme: "light" },
    { name: "email-ticket", html: mail("a-ticket-of-two-groups"), width: 720, height: 180, colorScheme: "light" },
    { name: "review", html: review, width: 1440, height: 2180, colorScheme: "light" },
    { name: "review-phone", html: review, width: 390, height: 1180, colorScheme: "dark" },
  ];
}

async function draw({ name, html, width, height, colorScheme }: Picture, browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme });
  await page.setContent(html);
  const path = join(ROOT, "docs", `${name}.png`);
  const { length } = await page.screenshot({ path });
  console.log(`${path}: ${length} bytes`);
  await page.close();
}

/** As Alertmanager's own code renders it: a test holds the file to that. */
function mail(name: string): string {
  return readFileSync(join(ROOT, "test/emit/alertmanager/golden/texts", `${name}.html`), "utf8");
}

async function runbook(): Promise<string> {
  const { services, platform } = await import("../slos/index.ts");
  const file = build({ services, platform }).files.find(({ path }) => path === RUNBOOK);
  if (!file) throw new Error(`slos/ has no ${RUNBOOK}.`);
  const body = execFileSync("npx", ["--yes", CONVERTER, "--gfm"], { input: file.text, encoding: "utf8" });
  return `<!doctype html><meta charset="utf-8"><style>${STYLE}</style>${body}`;
}
