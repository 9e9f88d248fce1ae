/** Where the words go: results to stdout, issues and progress to stderr; colour and progress only on a terminal. */
import { stripVTControlCharacters, styleText } from "node:util";
import type { Setting } from "../../io/load/apart.ts";

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
  /** Whether results go to a terminal, not into a pipe or a file. */
  readonly isScreen: boolean;
  readonly paintResult: Paint;
  readonly paintNote: Paint;
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  ignoreClosedPipe(process.stdout);
  const write = (line: string) => void process.stdout.write(line);
  return terminalWith({ write, paintResult: painter(process.stdout), isScreen: process.stdout.isTTY === true });
}

/** The terminal of a process whose results another one prints: they wait in `output`. */
export function openTerminalApart({ colour, isScreen }: Pick<Setting, "colour" | "isScreen">): {
  readonly terminal: Terminal;
  readonly output: () => string;
} {
  const lines: string[] = [];
  const paint: Paint = (style, text) => (colour ? styleText(style, text, { validateStream: false }) : text);
  const write = (line: string) => void lines.push(line);
  return { terminal: terminalWith({ write, paintResult: paint, isScreen }), output: () => lines.join("") };
}

/** Whether results may be coloured. */
export function isColoured(): boolean {
  return painter(process.stdout)("bold", "x") !== "x";
}

interface Results extends Pick<Terminal, "isScreen" | "paintResult"> {
  readonly write: (line: string) => void;
}

function terminalWith({ write, isScreen, paintResult }: Results): Terminal {
  ignoreClosedPipe(process.stderr);
  const status = openStatusLine(process.stderr);
  return {
    print: (text) => {
      status.clear();
      write(`${text}\n`);
    },
    note: (text) => {
      status.clear();
      process.stderr.write(`${text}\n`);
    },
    progress: status.show,
    isScreen,
    paintResult,
    paintNote: painter(process.stderr),
  };
}

/** Once everything is written. */
export async function allWritten(): Promise<void> {
  await Promise.all([flush(process.stdout), flush(process.stderr)]);
}

// `firebreak check | head` is not a failure: what nobody reads is dropped, and the work goes on.
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
