/** What a user gave a preset, read: every mistake at once, and the blueprints that the options ask for. */
import { z } from "zod";
import { nearest } from "../../parse/read/nearest.ts";
import { isRecord, toPlainData } from "../../parse/read/plain-data.ts";
import { type Problem, read } from "../../parse/read/read.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { PresetOptions } from "./options.ts";
import type { Blueprint, Preset } from "./preset.ts";
import { parseMatchers, type Select, selectWith } from "./select.ts";

/** Options as they were read, with what they ask for. */
export interface Asked<O> {
  readonly options: O & PresetOptions;
  readonly select: Select;
  readonly blueprints: readonly Blueprint[];
  /** Where there are any, nothing else is to be used. */
  readonly problems: readonly Problem[];
}

/** Reads the options of a preset. It throws on nothing. */
export function readOptions<O>(preset: Preset<O>, given: unknown): Asked<O> {
  const plain = given === undefined ? {} : toPlainData(given);
  const options = readOwn(preset.own, plain) as O;
  const target = targetOf(plain);
  const select = selectWith(target.matchers, target.job);
  const blueprints = preset.slos(options, select);
  const { value, problems } = read(schemaFor(preset, blueprints), plain);
  const all = [...problems, ...target.problems, ...(preset.refuse?.(options) ?? [])].map((problem) =>
    named(preset, problem),
  );
  return { options: (value ?? options) as O & PresetOptions, select, blueprints, problems: all };
}

/** The preset's own options one by one: one that cannot be read counts as not given. */
function readOwn(own: z.ZodRawShape, given: unknown): Record<string, unknown> {
  const fields = isRecord(given) ? given : {};
  const entries = Object.entries(own).map(([name, schema]) => {
    const read = z.safeParse(schema, fields[name]);
    return [name, read.success ? read.data : z.parse(schema, undefined)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

interface Target {
  readonly job: string | undefined;
  readonly matchers: readonly Matcher[];
  readonly problems: readonly Problem[];
}

function targetOf(given: unknown): Target {
  const { job, matchers } = z.object({ job: text, matchers: text }).catch({}).parse(given);
  const parsed = matchers === undefined || matchers.trim() === "" ? undefined : parseMatchers(matchers);
  return {
    job,
    matchers: [
      ...(job === undefined ? [] : [{ label: "job", op: "=" as const, value: job }]),
      ...(parsed?.ok ? parsed.value : []),
    ],
    problems: parsed && !parsed.ok ? [unsound(parsed.problem.message)] : [],
  };
}

const text = z.string().optional().catch(undefined);

function unsound(message: string): Problem {
  const hint = 'Write them as PromQL has them between its braces, such as `namespace="prod",cluster=~"eu-.*"`.';
  return { code: "bad-selector", path: ["matchers"], message: `${message}.`, hint };
}

/** Objectives and the like are judged where they end up, in the SLO; here it is only whose they are. */
function schemaFor<O>({ own }: Preset<O>, blueprints: readonly Blueprint[]): z.ZodType {
  const names = blueprints.map(({ name }) => name);
  const measured = blueprints.filter(({ threshold }) => threshold !== undefined).map(({ name }) => name);
  const latencies = blueprints.filter(({ histogram }) => histogram !== undefined).map(({ name }) => name);
  return z.strictObject({
    ...own,
    job: z.string().optional(),
    matchers: z.string().optional(),
    groupBy: z.array(z.string()).optional(),
    objectives: byName(names, z.number()),
    thresholds: byName(measured, z.union([z.number(), z.string()])),
    snap: z.union([z.boolean(), z.enum(["up", "down"])]).optional(),
    buckets: byName(latencies, z.array(z.number().positive())),
    window: z.unknown().optional(),
    eventsPerDay: byName(names, z.number()),
    without: z.array(z.enum(names)).optional(),
    overrides: byName(names, z.record(z.string(), z.unknown())),
    namePrefix: z.string().optional(),
  });
}

function byName(names: readonly string[], value: z.ZodType) {
  return z.strictObject(Object.fromEntries(names.map((name) => [name, value.optional()]))).optional();
}

/** At the option of the call that was written: `parse` leaves out in which of the preset's SLOs it travelled. */
function named<O>({ name, words = {} }: Preset<O>, { path, message, hint, ...rest }: Problem): Problem {
  const [option] = path;
  const known = rest.code === "unknown-key" ? undefined : nearest(String(option), Object.keys(words));
  const more = path.length === 1 && known !== undefined ? ` ${words[known]}` : "";
  return { ...rest, path: [`${name}()`, ...path], message, hint: `${hint}${more}` };
}
