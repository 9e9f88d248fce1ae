/** What a loaded rule says, as facts that can change. */

import { printSeconds } from "../../promql/duration.ts";
import { canonical } from "../../promql/grammar/canonical.ts";
import type { LoadedRule } from "../../promql/loaded-rules.ts";
import { detail, type Fact, mainFact } from "../facts/fact.ts";

/** An expression is the same however it is printed. */
export function ruleFacts({ query, labels, duration, keepFiringFor, annotations }: LoadedRule): Fact[] {
  return [
    mainFact("query", "expression", canonical(query), query),
    ...timeFact("for", duration),
    ...timeFact("keep_firing_for", keepFiringFor),
    ...textFacts("label", labels),
    ...textFacts("annotation", annotations),
  ];
}

function timeFact(name: string, seconds = 0): Fact[] {
  return seconds === 0 ? [] : [mainFact(name, name, seconds, printSeconds(seconds))];
}

function textFacts(what: string, texts: Readonly<Record<string, string>> = {}): Fact[] {
  return Object.entries(texts).map(([name, text]) => detail(`${what}.${name}`, `${what} ${name}`, text, text));
}
