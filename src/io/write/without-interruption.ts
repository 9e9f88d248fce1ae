/** Lets a short piece of synchronous work end before an interrupt ends the process. */

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Runs the work; ^C and the like wait until it is done, and then there is nothing left to interrupt. */
export function withoutInterruption(work: () => void): void {
  // With a listener, Node no longer dies at once; it would only be called after the work.
  const wait = () => {};
  for (const signal of SIGNALS) process.on(signal, wait);
  try {
    work();
  } finally {
    for (const signal of SIGNALS) process.off(signal, wait);
  }
}
