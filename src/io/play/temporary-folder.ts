/** A folder that is gone afterwards, however this ends. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** @param stop - Ends what still uses it, when the process is interrupted. */
export async function inTemporaryFolder<T>(stop: () => void, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "firebreak-test-"));
  // Who was killed may still be finishing a file.
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const interrupt = (signal: NodeJS.Signals) => {
    stop();
    remove();
    forget();
    process.kill(process.pid, signal);
  };
  const forget = () => {
    for (const signal of SIGNALS) process.off(signal, interrupt);
  };
  for (const signal of SIGNALS) process.on(signal, interrupt);
  try {
    return await use(folder);
  } finally {
    forget();
    stop();
    remove();
  }
}
