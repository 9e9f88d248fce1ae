/** Peak memory of this process and of the programs that it started, by name. */
import { readdirSync, readFileSync } from "node:fs";

const NAMES = ["node", "pulumi", "pulumi-resource-kubernetes"];

/** Looks four times a second until it is stopped; gives MiB. */
export function peakMemory(): { stop(): Record<string, number> } {
  const peaks: Record<string, number> = {};
  const look = () => {
    for (const { name, mebibytes } of processes()) peaks[name] = Math.max(peaks[name] ?? 0, mebibytes);
  };
  const timer = setInterval(look, 250);
  return {
    stop: () => {
      clearInterval(timer);
      return peaks;
    },
  };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  readonly mebibytes: number;
}

/** This process and its descendants. */
function processes(): Process[] {
  const all = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .flatMap(processOf);
  const isOurs = ({ pid, parent }: Process): boolean => {
    if (pid === process.pid) return true;
    const above = all.find((each) => each.pid === parent);
    return above !== undefined && isOurs(above);
  };
  return all.filter((each) => NAMES.includes(each.name) && isOurs(each));
}

function processOf(entry: string): Process[] {
  try {
    const status = readFileSync(`/proc/${entry}/status`, "utf8");
    const [program = ""] = readFileSync(`/proc/${entry}/cmdline`, "utf8").split("\0");
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
    const name = program.slice(program.lastIndexOf("/") + 1);
    return [{ pid: Number(entry), parent: field("PPid"), name, mebibytes: Math.round(field("VmRSS") / 1024) }];
  } catch {
    // It has just ended.
    return [];
  }
}
