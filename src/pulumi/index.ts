/** `firebreak/pulumi`: declarations deployed by Pulumi. */

export type { FilesTarget, SloStackTarget } from "./deployment.ts";
export { recover } from "./recover.ts";
export { secretsFrom } from "./secrets/secrets-from.ts";
export type { Service } from "./service.ts";
export { SloStack, type SloStackArgs } from "./slo-stack.ts";
