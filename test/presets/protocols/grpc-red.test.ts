/** The label of a call's status, whose name changed after version 1.44 of the conventions. */
import { expect, test } from "vitest";
import { grpcRed } from "../../../src/index.ts";

test.each([
  [{}, 'rpc_response_status_code=~"UNKNOWN'],
  [{ statusLabel: "rpc_status_code" }, 'rpc_status_code=~"UNKNOWN'],
  [{ convention: "otel-old" as const }, 'rpc_grpc_status_code=~"2'],
  [{ convention: "grpc-prometheus" as const }, 'grpc_code=~"Unknown'],
])("is the convention's, or the option's: %o", (options, matcher) => {
  const sli = grpcRed(options).slos.find(({ name }) => name === "availability")?.sli;
  expect(sli?.kind === "events" && sli.bad).toContain(`{${matcher}`);
});
