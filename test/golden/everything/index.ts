import { features } from "./features.ts";
import { guards } from "./guards.ts";
import { kinds } from "./kinds.ts";
import { money } from "./spend.ts";
import { windows } from "./windows.ts";

export { platform } from "./platform.ts";

export const services = [kinds, windows, features, guards, money];
