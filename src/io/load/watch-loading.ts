/**
 * Watches the thread that loads declarations from another one: a loop that never ends lets nothing else run.
 * When the time is up it pauses that thread as a debugger would, and reports where it is.
 */
import { Worker } from "node:worker_threads";
import { REPORTS, report, type Setting } from "./apart.ts";

/** Begins to watch; the function that it gives ends that. */
export function watchLoading({ limitSeconds }: Setting): () => void {
  report({ kind: "loading" });
  const worker = new Worker(`(${watch})(require("node:worker_threads").workerData)`, {
    eval: true,
    execArgv: [],
    workerData: { seconds: limitSeconds + GRACE_SECONDS, reports: REPORTS },
  });
  worker.unref();
  return () => {
    void worker.terminate();
    report({ kind: "loaded" });
  };
}

/** A thread that only waits has noticed by then, and says so itself. */
const GRACE_SECONDS = 1;

/** What the other thread runs, as text: nothing from outside it is there. */
function watch({ seconds, reports }: { readonly seconds: number; readonly reports: number }): void {
  const { Session } = process.getBuiltinModule("node:inspector");
  const { writeSync } = process.getBuiltinModule("node:fs");
  const urls = new Map<string, string>();
  const session = new Session();
  session.on("Debugger.scriptParsed", ({ params }) => urls.set(params.scriptId, params.url));
  session.on("Debugger.paused", ({ params }) => {
    const frames = params.callFrames.map(({ location }) => ({
      file: urls.get(location.scriptId) ?? "",
      line: location.lineNumber + 1,
      column: (location.columnNumber ?? 0) + 1,
    }));
    writeSync(reports, `${JSON.stringify({ kind: "stuck", frames })}\n`);
  });
  setTimeout(() => {
    session.connectToMainThread();
    session.post("Debugger.enable");
    session.post("Debugger.pause");
    // The answers come only while this thread has something to wait for.
    setInterval(() => {}, 1000);
  }, seconds * 1000);
}
