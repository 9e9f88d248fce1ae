/** Partials are found beside the file that declares their service, and nowhere else. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { readPartials } from "../../src/io/read-partials.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-partials-"));
afterAll(() => rmSync(dir, { recursive: true }));
const define = pathToFileURL(join(import.meta.dirname, "../../src/declare/define.ts")).href;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

async function serviceIn(folder: string): Promise<unknown> {
  const declared = `defineService({ name: "shop", owner: "web", slos: [] })`;
  put(
    `${folder}/shop.mjs`,
    `import { defineService } from ${JSON.stringify(define)};\nexport const shop = ${declared};\n`,
  );
  const { shop } = await import(pathToFileURL(join(dir, folder, "shop.mjs")).href);
  return shop;
}

test("of a service, an SLO and a kind, by their paths", async () => {
  put("with/runbooks/shop.md", "service");
  put("with/runbooks/shop/search.md", "slo");
  put("with/runbooks/_kinds/latency.md", "kind");
  put("with/runbooks/notes.txt", "none");
  expect(readPartials([await serviceIn("with")])).toEqual({
    "partials/_kinds/latency": "kind",
    "partials/shop": "service",
    "partials/shop/search": "slo",
  });
});

test("none where there is no folder, or nobody knows where a service was written", async () => {
  expect(readPartials([await serviceIn("without")])).toEqual({});
  expect(readPartials([{ name: "shop" }, null])).toEqual({});
  expect(readPartials(undefined)).toEqual({});
});
