/** Texts that name templates of `firebreak.tmpl`, with those templates in front: what they name, and nothing else. */
import { definitions } from "../alertmanager/notification/notification.ts";

/** The text with the definitions that it needs. Anything but text stays as it is. */
export function inlineTemplates(value: unknown): unknown {
  if (typeof value !== "string") return value;
  const needed = [...closure(value)].sort();
  return needed.map((name) => definitions.get(name)).join("") + value;
}

/** Names of templates that a text reaches. */
function closure(text: string, found: Set<string> = new Set()): Set<string> {
  for (const [, name = ""] of text.matchAll(/\{\{-? ?template "([^"]+)"/g)) {
    if (found.has(name)) continue;
    found.add(name);
    closure(definitions.get(name) ?? "", found);
  }
  return found;
}
