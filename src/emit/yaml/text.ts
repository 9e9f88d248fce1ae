/** Texts as YAML has them: as they are where every reader takes that for the text, else as a block or in quotes. */

/** Where a text stands. */
export interface Standing {
  /** In a map or list on one line. */
  readonly inline: boolean;
  readonly key: boolean;
  /** Of its further lines. */
  readonly indent: string;
}

/** A text that reads back as itself, in YAML 1.1 and 1.2. Half of a surrogate pair is not a character, and is replaced. */
export function printText(text: string, standing: Standing): string {
  return WORD.test(text) && !READ_AS_ANOTHER.test(text) ? text : printPhrase(text.toWellFormed(), standing);
}

function printPhrase(text: string, standing: Standing): string {
  if (CONTROL.test(text) || OCTAL.test(text)) return quoted(text);
  if (text.includes("\n")) return printLines(text, standing);
  if (standing.key && BOUNDARY.test(text)) return quoted(text);
  if (standing.inline && NOT_INLINE.test(text)) return quoted(text);
  const plain = !NOT_PLAIN.test(text) && !READ_AS_ANOTHER.test(text) && !(standing.inline && BRACKET.test(text));
  if (plain) return text;
  return text.includes('"') && !text.includes("'") ? `'${text}'` : quoted(text);
}

/** Lines of a comment. Only a line feed ends one: what else a reader takes for that, or refuses, is shown as its escape. */
export function commentLines(text: string): string[] {
  return text.toWellFormed().replaceAll(CONTROLS, escaped).split("\n");
}

function printLines(text: string, { inline, key, indent }: Standing): string {
  if (inline || key || !FITS_BLOCK.test(text) || TAB_INDENT.test(text)) return quoted(text);
  return `${blockSign(text)}\n${indent}${text.replace(/\n$/, "").replaceAll(BEFORE_LINE, `\n${indent}`)}`;
}

/** It says how many line feeds end the text: none, one, or as many as there are. */
function blockSign(text: string): string {
  if (text.endsWith("\n\n")) return "|+";
  return text.endsWith("\n") ? "|" : "|-";
}

function quoted(text: string): string {
  return JSON.stringify(text).replaceAll(CONTROLS, escaped);
}

function escaped(char: string): string {
  return `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Most keys and values: no character of it means anything to YAML. */
const WORD = /^[A-Za-z_](?:[\w:./-]*\w)?$/;

/** Control characters, and what readers of YAML take for a line break or refuse. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/;
const CONTROLS = new RegExp(CONTROL.source, "g");

/** A block says nothing of space around it, and a tab that begins a line would be taken for its indentation. */
const FITS_BLOCK = /^\S(?:[\s\S]*\S)?\n*$/;
const TAB_INDENT = /\n *\t/;
const BEFORE_LINE = /\n(?=[^\n])/g;

/** What begins, divides or ends something else in YAML. */
const NOT_PLAIN = /^$|^[\s,[\]{}#&*!|>'"%@`]|^[?-](?:\s|$)|:\s|\s#|[\s:-]$|\t/;
const BRACKET = /[[\]{},]/;

/** Where it begins a line, it begins or ends a document. */
const BOUNDARY = /^(?:---|\.\.\.)/;

/** In a map on one line Prometheus' reader of YAML takes these for the sign of a key or of a value. */
const NOT_INLINE = /\?|^:/;

/** Nothing, truth, numbers (to the base 60, too) and dates of YAML 1.1. */
const READ_AS_ANOTHER =
  /^(?:~|<<|null|y|n|yes|no|true|false|on|off|[-+]?\.inf|\.nan|[-+]?(?:0b[01_]+|0x[\da-f_]+|(?:\d[\d_]*)?(?:\.[\d_]*)?(?:e[-+]?\d+)?|\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?)|\d{4}-\d{1,2}-\d{1,2}(?:[t ] *\d.*)?)$/i;

/** A number in YAML 1.2, and not in the 1.1 that we print. */
const OCTAL = /^[-+]?0o[0-7]+$/;
