/** A real Chromium for tests, where this machine has one: a page is opened, and whatever it complains of is kept. */
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import axe, { type AxeResults } from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

/** How a page is looked at. */
export interface Look {
  /** Of the window, in CSS pixels. */
  readonly width: number;
  readonly colorScheme: "light" | "dark";
}

/** What was seen. */
export interface Seen {
  /** Messages of the console, and errors that were not caught. */
  readonly complaints: readonly string[];
  /** URLs that the page asked for, beside itself. */
  readonly requests: readonly string[];
  /** How far the page is wider than its window, in CSS pixels. */
  readonly overflow: number;
  readonly text: string;
  /** Of the text and what is behind it: 1 is the same colour, 21 black on white. */
  readonly contrast: number;
  readonly background: string;
  /** What axe-core finds that keeps somebody from reading it: the rule, and the elements. */
  readonly violations: readonly string[];
}

/** Starts it. Undefined where there is none on PATH. */
export async function startBrowser(): Promise<Browser | undefined> {
  const executablePath = findChromium();
  return executablePath === undefined
    ? undefined
    : chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Opens a text as a page, as a file would be opened. */
export async function look(browser: Browser, html: string, { width, colorScheme }: Look): Promise<Seen> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  await page.setContent(html);
  const measured = await page.evaluate(measure);
  const violations = await violationsOf(page);
  await context.close();
  return { complaints, requests, ...measured, violations };
}

async function violationsOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  // As text: a function would name this module's import, which the page does not have.
  const { violations } = await page.evaluate<AxeResults>("axe.run()");
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}

function findChromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(":");
  const candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return candidates.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

interface Box {
  readonly innerText: string;
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

// What the page's own world has; this process has nothing of it.
declare const document: { readonly body: Box; readonly documentElement: Box };
declare function getComputedStyle(box: Box): { readonly color: string; readonly backgroundColor: string };

/** Runs in the page: it sees nothing of this module. */
function measure(): Pick<Seen, "overflow" | "text" | "contrast" | "background"> {
  const { body, documentElement: root } = document;
  const luminance = (color: string): number => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const own = getComputedStyle(body).backgroundColor;
  const background = own === "rgba(0, 0, 0, 0)" ? getComputedStyle(root).backgroundColor : own;
  const [one, other] = [luminance(getComputedStyle(body).color), luminance(background)];
  const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  // biome-ignore lint/performance/useDomNodeTextContent: what is shown is wanted, and not what is there.
  const text = body.innerText;
  return { overflow: root.scrollWidth - root.clientWidth, text, contrast, background };
}
