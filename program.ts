/** What `slos/` declares, deployed by `pulumi up` to the target that the stack's configuration names. */
import { Config } from "@pulumi/pulumi";
import { SloStack, type SloStackTarget, secretsFrom } from "firebreak/pulumi";
import { platform, services } from "./slos/index.ts";

const config = new Config();

/** What was deployed, by name. */
export const { objects } = new SloStack("slos", {
  services,
  platform,
  target: config.requireObject<SloStackTarget>("target"),
  // Set them with `pulumi config set --secret <name>`; without any, something else fills the Secret.
  ...secretsFrom(platform, (name) => config.getSecret(name)),
});
