/**
 * What a user writes. Plain data: every interface here is public, hand-written so that its comments reach
 * the reader's editor, and held to the schemas by a compile-time test. A field says what it means, its unit and what is
 * taken where it is left out; a code in backticks is the issue that a wrong value becomes (docs/issues.md).
 */

export type * from "./alerting.ts";
export type * from "./experiment.ts";
export type * from "./kubernetes.ts";
export type * from "./platform.ts";
export type * from "./receivers.ts";
export type * from "./runbook.ts";
export type * from "./service.ts";
export type * from "./sli.ts";
export type * from "./spend.ts";
export type * from "./values.ts";
export type * from "./window.ts";
