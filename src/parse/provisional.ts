/**
 * Services with mistakes, completed so far that what is right in them can be compiled and held against the environment:
 * a missing owner must not hide a missing bucket. Nothing is ever emitted of a provisional service.
 */

import { copyCallSite } from "../declare/call-site.ts";
import type { IssuePath } from "../issue.ts";
import type { Platform, Service } from "../model/service.ts";
import { parseService } from "./parse-service.ts";
import { mistakesOf } from "./read/mistakes.ts";
import { isRecord } from "./read/plain-data.ts";
import type { Problem } from "./read/read.ts";

/** A service that is not as it was declared. */
export interface Provisional {
  /** With those SLOs of which enough could be read. */
  readonly service: Service;
  /** What is wrong with the declaration: paths within it. */
  readonly problems: readonly Problem[];
  /** How paths into it begin. */
  readonly root: IssuePath;
}

export interface Repair {
  readonly provisional: Provisional | undefined;
  /** Members that are too broken to be looked at any further. */
  readonly waiting: readonly IssuePath[];
}

interface Broken {
  readonly declared: unknown;
  readonly root: readonly (string | number)[];
  readonly problems: readonly Problem[];
}

/** Leaves out what is wrong, puts something harmless where a field is needed, and reads the rest again. */
export function provisionalOf({ declared, root, problems }: Broken, index: number, platform: Platform): Repair {
  if (!isRecord(declared)) return { provisional: undefined, waiting: [root] };
  const again = parseService(repairService(declared, index, problems), index, platform, root);
  const waiting = [...new Set(again.problems.flatMap(({ path }) => memberOf(path)))];
  const places = waiting.map((member) => [...root, ...member.split(".").map(asKey)]);
  if (!again.service) return { provisional: undefined, waiting: [root] };
  const slos = again.service.slos.filter(({ path }) => !waiting.includes(path.slice(root.length).join(".")));
  return {
    provisional: { service: { ...again.service, slos, budgets: [], experiments: [] }, problems, root },
    waiting: places,
  };
}

type Fields = Readonly<Record<string, unknown>>;

function repairService(declared: Fields, index: number, problems: readonly Problem[]): Fields {
  const own = problems.filter(({ path }) => !isMember(path));
  const sound = without(declared, own, { name: `unnamed-${index}`, owner: "nobody" });
  return copied(declared, { ...sound, ...membersOf(declared, problems) });
}

/** SLOs keep their places: paths name them. */
function membersOf(declared: Fields, problems: readonly Problem[]): Fields {
  const listed = MEMBERS.filter((key) => Array.isArray(declared[key]));
  return Object.fromEntries(
    listed.map((key) => [
      key,
      (declared[key] as unknown[]).map((member, at) => {
        const inside = problems.filter(({ path }) => path[0] === key && path[1] === at);
        return repairMember(key, member, at, inside);
      }),
    ]),
  );
}

const MEMBERS = ["slos", "budgets", "experiments"] as const;

/** Only SLOs are provisional: what a budget or an experiment needs is nearly all that it says. */
function repairMember(key: string, member: unknown, at: number, problems: readonly Problem[]): unknown {
  if (problems.length === 0) return member;
  const fields = problems.map(({ path }) => path[2]);
  const isLost = key !== "slos" || fields.includes("sli") || fields.includes(undefined);
  if (isLost || !isRecord(member) || mistakesOf(member).length > 0) return undefined;
  const inside = problems.map((problem) => ({ ...problem, path: problem.path.slice(2) }));
  return copied(member, without(member, inside, { name: `unnamed-${at}`, objective: 99 }));
}

function without(declared: Fields, problems: readonly Problem[], needed: Fields): Fields {
  const wrong = new Set(problems.map(({ path }) => String(path[0])));
  const sound = Object.entries(declared).filter(([key]) => !wrong.has(key));
  const filled = Object.entries(needed).filter(([key]) => wrong.has(key));
  return Object.fromEntries([...sound, ...filled]);
}

function copied(original: object, copy: Fields): Fields {
  copyCallSite(original, copy);
  return copy;
}

function isMember(path: IssuePath): boolean {
  return MEMBERS.some((key) => key === path[0]) && path.length > 1;
}

function memberOf(path: IssuePath): string[] {
  return isMember(path) ? [path.slice(0, 2).join(".")] : [];
}

function asKey(text: string): string | number {
  return /^\d+$/.test(text) ? Number(text) : text;
}
