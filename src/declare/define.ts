/** Typed identities for declarations. They never throw, so the problems of all files come together. */
import { noteCallSite } from "./call-site.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "./declaration.ts";

// Not generic: a generic identity would accept misspelt keys.

/** A service with its objectives and budgets. */
export function defineService(service: ServiceDeclaration): ServiceDeclaration {
  return noteCallSite(service, defineService);
}

/** One objective, where it is declared apart from its service. */
export function defineSlo(slo: SloDeclaration): SloDeclaration {
  return noteCallSite(slo, defineSlo);
}

/** The environment that the rules will meet. */
export function definePlatform(platform: PlatformDeclaration): PlatformDeclaration {
  return noteCallSite(platform, definePlatform);
}
