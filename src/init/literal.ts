/** Plain data as a person would write it in TypeScript. */

/** On one line where it fits, else indented by two spaces a level below `indent`. */
export function literal(value: unknown, indent = ""): string {
  const short = onOneLine(value);
  if (short.length + indent.length <= WIDTH || !isNested(value)) return short;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? "[]" : "{}";
  const parts = Array.isArray(value)
    ? value.map((each) => literal(each, deeper))
    : Object.entries(value).map(([key, each]) => `${printKey(key)}: ${literal(each, deeper)}`);
  return `${open}\n${parts.map((part) => `${deeper}${part},\n`).join("")}${indent}${close}`;
}

const WIDTH = 90;

function onOneLine(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(", ")}]`;
  if (typeof value === "string") return printText(value);
  if (!isNested(value)) return JSON.stringify(value);
  const parts = Object.entries(value).map(([key, each]) => `${printKey(key)}: ${onOneLine(each)}`);
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

/** In the quotes that need no escape, as selectors are mostly written. */
function printText(text: string): string {
  if (!text.includes('"') || text.includes("'")) return JSON.stringify(text);
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`;
}

function isNested(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key);
}
