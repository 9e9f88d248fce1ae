/** Where the words go: results to stdout, issues and progress to stderr; colour and progress only on a terminal. */
import { stripVTControlCharacters, styleText } from "node:util";

export type Style = "bold" | "dim" | "red" | "yellow" | "green" | "cyan";

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

export interface Terminal {
  /** A result, on stdout. */
  readonly print: (text: string) => void;
  /** Anything else, on stderr. */
  readonly note: (text: string) => void;
  /** What is being done now: one line on a terminal, replaced by whatever comes next. Silent in a pipe. */
  readonly progress: (text: string) => void;
  readonly paintResult: Paint;
  readonly paintNote: Paint;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  const status = openStatusLine(process.stderr);
  return {
    print: (text) => {
      status.clear();
      process.stdout.write(`${text}\n`);
    },
    note: (text) => {
      status.clear();
      process.stderr.write(`${text}\n`);
    },
    progress: status.show,
    paintResult: painter(process.stdout),
    paintNote: painter(process.stderr),
  };
}

/** Ends the process once everything is written, whatever timers a declaration may have left behind. */
export async function leave(code: number): Promise<never> {
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
  process.exit(code);
}

// `firebreak check | head` is no failure: what nobody reads is dropped, and the work goes on.
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

interface StatusLine {
  readonly show: (text: string) => void;
  readonly clear: () => void;
}

function openStatusLine(stream: NodeJS.WriteStream): StatusLine {
  if (!stream.isTTY || process.env.TERM === "dumb") return { show: () => {}, clear: () => {} };
  let shown = false;
  const write = (text: string) => {
    if (shown || text !== "")
      stream.write(`\r\u001b[2K${stripVTControlCharacters(text).slice(0, (stream.columns || 80) - 1)}`);
    shown = text !== "";
  };
  return { show: (text) => write(`${text} …`), clear: () => write("") };
}

// `styleText` honours NO_COLOR and FORCE_COLOR, and asks the stream whether it is a terminal.
function painter(stream: NodeJS.WriteStream): Paint {
  return (style, text) => styleText(style, text, { stream });
}

function flush(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => stream.write("", () => done()));
}
