/** Waiting for real engines: bounded, and with the reason when the bound is passed. */
import { setTimeout as sleep } from "node:timers/promises";

/** When to give up. No test is about it: a busy machine takes many times as long as an idle one. */
export const PATIENCE_MS = 600_000;

/**
 * Asks again until there is an answer.
 *
 * @param what - Completes "did not happen: …".
 * @param probe - Undefined or false means: not yet. What it throws means so too, and is reported in the end.
 */
export async function waitFor<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await attempt(probe);
    if (answer.value !== undefined && answer.value !== false) return answer.value;
    if (Date.now() > deadline) throw new Error(`did not happen: ${what}`, { cause: answer.error });
    await sleep(200);
  }
}

/** Calls `look` every second, for so long. */
export async function watch(seconds: number, look: () => Promise<void>): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (Date.now() < end) {
    await look();
    await sleep(1000);
  }
}

async function attempt<T>(probe: () => Promise<T> | T): Promise<{ readonly value?: T; readonly error?: unknown }> {
  try {
    return { value: await probe() };
  } catch (error) {
    return { error };
  }
}
