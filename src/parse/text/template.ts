/**
 * Go templates of annotations, read as far as it takes to know that Prometheus will accept them.
 * https://prometheus.io/docs/prometheus/latest/configuration/template_reference/
 */
import { nearest } from "../read/nearest.ts";

/** What is wrong with a template, and what to do. */
export interface TemplateMistake {
  readonly message: string;
  readonly hint: string;
}

/** The first mistake, or undefined. */
export function templateMistake(text: string): TemplateMistake | undefined {
  const actions = actionsOf(text);
  if (!Array.isArray(actions)) return actions;
  return actions.map(actionMistake).find((mistake) => mistake !== undefined) ?? blockMistake(actions);
}

/** Labels that the template reads: `$labels.x`, `index $labels "x"`, and `.Labels.x` outside blocks. */
export function templateLabels(text: string): string[] {
  const actions = actionsOf(text);
  if (!Array.isArray(actions)) return [];
  const inside = actions.join("\n");
  const named = [
    ...inside.matchAll(/(?:\$labels|(?<![\w$)])\.Labels)\.([a-zA-Z_]\w*)/g),
    ...inside.matchAll(/index\s+\$labels\s+["`]([^"`]*)["`]/g),
  ];
  return [...new Set(named.map((match) => match[1] ?? ""))];
}

/** The insides of `{{ }}`, in order. A string inside may hold braces of its own. */
function actionsOf(text: string): string[] | TemplateMistake {
  const actions: string[] = [];
  for (let at = text.indexOf("{{"); at !== -1; ) {
    ACTION.lastIndex = at;
    const action = ACTION.exec(text);
    if (!action)
      return {
        message: `\`{{\` at character ${at + 1} is not closed`,
        hint: "Close it with `}}`, and every text within it with a quote.",
      };
    actions.push(action[1] ?? "");
    at = text.indexOf("{{", ACTION.lastIndex);
  }
  return actions;
}

const ACTION =
  /\{\{(?:-\s)?(\/\*[\s\S]*?\*\/|(?:"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'|(?!\}\}|\{\{|["`'])[\s\S])*?)(?:\s-)?\}\}/y;

const KEYWORDS = ["if", "else", "end", "range", "with", "define", "template", "block", "break", "continue"];
const OPENERS = ["if", "range", "with", "define", "block"];
const FUNCTIONS = [
  "query",
  "first",
  "label",
  "value",
  "sortByLabel",
  "strvalue",
  "args",
  "reReplaceAll",
  "safeHtml",
  "match",
  "title",
  "toUpper",
  "toLower",
  "graphLink",
  "tableLink",
  "humanize",
  "humanize1024",
  "humanizeDuration",
  "humanizePercentage",
  "humanizeTimestamp",
  "toTime",
  "toDuration",
  "now",
  "pathPrefix",
  "externalURL",
  "parseDuration",
  "stripPort",
  "stripDomain",
  "tmpl",
  "urlQueryEscape",
  "and",
  "or",
  "not",
  "len",
  "index",
  "slice",
  "print",
  "printf",
  "println",
  "html",
  "js",
  "urlquery",
  "call",
  "eq",
  "ne",
  "lt",
  "le",
  "gt",
  "ge",
  "true",
  "false",
  "nil",
];
const VARIABLES = ["labels", "externalLabels", "externalURL", "value"];

function actionMistake(action: string, _index: number, all: readonly string[]): TemplateMistake | undefined {
  if (action.startsWith("/*")) return undefined;
  if (action.trim() === "")
    return { message: "an action is empty", hint: "Write what is to be shown, such as `{{ $value }}`." };
  const code = action.replaceAll(STRINGS, '""');
  return unknownWord(code) ?? unknownVariable(code, all);
}

const STRINGS = /"(?:[^"\\\n]|\\.)*"|`[^`]*`|'(?:[^'\\\n]|\\.)*'/g;

function unknownWord(code: string): TemplateMistake | undefined {
  const words = [...code.matchAll(/(?<![\w.$])[a-zA-Z_]\w*/g)].map(([word]) => word);
  const unknown = words.find((word) => !FUNCTIONS.includes(word) && !KEYWORDS.includes(word));
  if (unknown === undefined) return undefined;
  const meant = VARIABLES.includes(unknown) ? `$${unknown}` : nearest(unknown, FUNCTIONS);
  return {
    message: `there is no template function \`${unknown}\``,
    hint: meant === undefined ? "Use the functions of Prometheus' templates." : `Write \`${meant}\`.`,
  };
}

function unknownVariable(code: string, all: readonly string[]): TemplateMistake | undefined {
  const declared = [...all.join("\n").matchAll(/\$(\w+)(?=\s*(?:,\s*\$\w+\s*)?:?=)|,\s*\$(\w+)\s*:=/g)].map(
    (match) => match[1] ?? match[2] ?? "",
  );
  const used = [...code.matchAll(/\$(\w+)/g)].map((match) => match[1] ?? "");
  const unknown = used.find((name) => !VARIABLES.includes(name) && !declared.includes(name));
  if (unknown === undefined) return undefined;
  return {
    message: `there is no variable \`$${unknown}\``,
    hint: `Write \`$${nearest(unknown, VARIABLES) ?? "labels"}\`: there are $labels, $value, $externalLabels and $externalURL.`,
  };
}

/** Every `if`, `range`, `with` has its `end`. */
function blockMistake(actions: readonly string[]): TemplateMistake | undefined {
  let open = 0;
  for (const keyword of actions.map((action) => /^\s*(\w+)/.exec(action)?.[1] ?? "")) {
    if (OPENERS.includes(keyword)) open++;
    if (keyword === "end") open--;
    if (open < 0) return { message: "an `end` closes nothing", hint: "Remove it." };
    if (keyword === "else" && open === 0)
      return { message: "an `else` is outside a block", hint: "Put it between `if` and `end`." };
  }
  return open === 0
    ? undefined
    : { message: "a block is not closed", hint: "Close every `if`, `range` and `with` with `{{ end }}`." };
}
