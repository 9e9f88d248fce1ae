/**
 * One program's life, in a process of its own: what another one has loaded and compiled before would be a present to it.
 * `node bench/pulumi/life.ts '{ "dir": …, "kubeconfig": …, "program": "bare", "services": 10, "checkpoints": "gzip" }'`
 * ends with a line of JSON.
 */
import { type Keeping, measureLife } from "./measure.ts";
import { bare, firebreak } from "./programs.ts";

/** Whose life, and where. */
export interface LifeOf extends Keeping {
  readonly dir: string;
  readonly kubeconfig: string;
  readonly program: "firebreak" | "bare";
  readonly services: number;
}

const { program, services, checkpoints, log, ...place } = JSON.parse(process.argv[2] ?? "{}") as LifeOf;
const life = await measureLife(place, { firebreak, bare }[program](services), { checkpoints, log });
console.log(JSON.stringify(life));
