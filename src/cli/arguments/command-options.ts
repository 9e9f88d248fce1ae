/** Which options a command has. */
import type { Command } from "../command.ts";
import { type Option, type OptionName, options } from "./options.ts";

/** Its own first, then those that come with loading declarations. */
export function optionsOf({ options, loadsDeclarations }: Command): OptionName[] {
  return [...options, ...(loadsDeclarations === false ? [] : (["slos", "platform"] as const)), "describe", "help"];
}

/** An option as this command has it. */
export function optionOf({ defaults = {} }: Command, name: OptionName): Option {
  const own = defaults[name];
  return own === undefined ? options[name] : { ...options[name], default: own };
}
