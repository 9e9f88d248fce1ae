/** Which options a command has. */
import type { Command } from "../command.ts";
import type { OptionName } from "./options.ts";

/** Its own first, then those that come with loading declarations. */
export function optionsOf({ options, loadsDeclarations }: Command): OptionName[] {
  return [...options, ...(loadsDeclarations === false ? [] : (["slos", "platform"] as const)), "describe", "help"];
}
