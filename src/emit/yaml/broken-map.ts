/** A map that would be too long for one line, over several: maps of a list within it begin lines, and texts are broken between words. */

/** What stands on a line, and what may stand behind it. */
interface Piece {
  readonly text: string;
  /** Whether it begins a line. */
  readonly begins?: boolean;
}

export interface Broken {
  /** Characters of a line. */
  readonly width: number;
  /** Of the first line, which has a dash before the map, and of the others. */
  readonly indent: string;
  /** A value, or a key, on one line. */
  readonly flow: (value: unknown) => string;
  readonly key: (key: string) => string;
}

type Entries = readonly (readonly [key: string, value: unknown])[];

/** @param entriesOf - Those of a map; undefined for anything else. */
export function brokenMap(
  entries: Entries,
  entriesOf: (value: unknown) => Entries | undefined,
  { width, indent, flow, key }: Broken,
): string {
  return layOut(piecesOfMap(entries, false), `${indent}    `, width).trimStart();

  function piecesOfMap(all: Entries, begins: boolean): Piece[] {
    const parts = all.flatMap(([name, value], index) => {
      const [first, ...more] = piecesOf(value);
      const begin = {
        text: `${index === 0 ? "{ " : ""}${key(name)}: ${first?.text ?? ""}`,
        begins: begins && index === 0,
      };
      return withEnd([begin, ...more], index === all.length - 1 ? " }" : ",");
    });
    return parts;
  }

  function piecesOf(value: unknown): Piece[] {
    if (Array.isArray(value) && value.length > 0 && value.every((item) => (entriesOf(item) ?? []).length > 0)) {
      const items = value.map((item) => piecesOfMap(entriesOf(item) ?? [], true));
      return [{ text: "[" }, ...items.flatMap((item, index) => withEnd(item, index === items.length - 1 ? " ]" : ","))];
    }
    const text = flow(value);
    return typeof value === "string" && isBreakable(value, text)
      ? text.split(" ").map((word) => ({ text: word }))
      : [{ text }];
  }
}

function withEnd(pieces: readonly Piece[], end: string): Piece[] {
  return pieces.map((piece, index) => (index === pieces.length - 1 ? { ...piece, text: piece.text + end } : piece));
}

function layOut(pieces: readonly Piece[], indent: string, width: number): string {
  const lines: string[] = [];
  for (const { text, begins } of pieces) {
    const line = lines.at(-1);
    if (line === undefined || begins || line.length + 1 + text.length > width) lines.push(indent + text);
    else lines[lines.length - 1] = `${line} ${text}`;
  }
  return lines.join("\n");
}

/** A text on one line, as it is printed, over several. */
export function wrapped(printed: string, indent: string, width: number): string {
  const pieces = printed.split(" ").map((text) => ({ text }));
  return layOut(pieces, indent, width).trimStart();
}

/** Whether a line break reads as the space that it stands for; without quotes a word may look like something else there. */
export function isBreakable(text: string, printed: string): boolean {
  return WORDS.test(text) && (/^["']/.test(printed) || text.split(" ").every((word) => /^\w/.test(word)));
}

/** Words with one space between them. */
const WORDS = /^[^\s]+(?: [^\s]+)+$/;
