/** The kind on docs/adding-a-kind.md, as the page has it: what it counts. */
import { execFileSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inFolder, ROOT } from "./runs.ts";

/** Both counts of the page's declaration, by model. */
export function bandRules(): string {
  return inFolder({ "band.ts": kindOnThePage(), "print.mjs": PRINT }, (folder) => {
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    return execFileSync(process.execPath, [join(folder, "print.mjs")], { encoding: "utf8" });
  });
}

/** Imports of the page are those of a file in src/sli/kinds. */
function kindOnThePage(): string {
  const page = readFileSync(join(ROOT, "docs/adding-a-kind.md"), "utf8");
  const code = /## The file: `src\/sli\/kinds\/band\.ts`\n\n```ts\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const inSli = (path: string): string => pathToFileURL(join(ROOT, "src/sli/kinds", path)).href;
  return code.replaceAll(/from "(\.[^"]+)"/g, (_all, path: string) => `from "${inSli(path)}"`);
}

const PRINT = `import { band } from "./band.ts";
import { print } from "${pathToFileURL(join(ROOT, "src/promql/print.ts")).href}";
const id = { slo_service: "shop", slo: "acceptance" };
const times = { intervalMs: 30_000, scrapeMs: 30_000, settleMs: 10_000 };
const base = { by: ["model"], identity: [], id, noTraffic: "ignore", ...times };
const { total, part } = band.counts(band.schema.parse(band.examples[0]), base);
console.log("# slo:total:increase\\n" + print(total) + "\\n# slo:bad:increase\\n" + print(part.expr));
`;
