/** A page as a picture, by a browser that only draws. */
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium } from "playwright-core";
import { WIDTH } from "./page.ts";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function photograph(html: string, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const tab = await browser.newPage({ viewport: { width: WIDTH + 28, height: 900 } });
  await tab.setContent(html);
  await tab.screenshot({ path, fullPage: true });
  await browser.close();
}
