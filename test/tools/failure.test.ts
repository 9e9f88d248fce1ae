/** Why an operation failed, as a person reads it. */
import type { EngineEvent } from "@pulumi/pulumi/automation/index.js";
import { expect, test } from "vitest";
import { failureText } from "../../tools/deploy/failure.ts";

const URN = "urn:pulumi:dev::firebreak::firebreak:index:SloStack$kubernetes:core/v1:Secret::slos/receivers";

const error = (message: string, urn?: string) =>
  ({
    diagnosticEvent: { message, severity: "error", ...(urn === undefined ? {} : { urn }) },
  }) as unknown as EngineEvent;

const summary = error("update failed");

test("an object that somebody else made is named, with what to do, and without the engine's names", () => {
  const refused = `resource "${URN}" was not successfully created by the Kubernetes API server: secrets "x" already exists`;
  expect(failureText(new Error("exit 1"), [error(refused, URN), summary])).toBe(
    `slos/receivers: it was not successfully created by the Kubernetes API server: secrets "x" already exists
  hint: firebreak did not make it, and takes nothing over. Delete it, adopt it (pulumi import), or give the target another prefix.`,
  );
});

test("each error is reported once, and the engine's summary only where there is nothing else", () => {
  expect(failureText(new Error("exit 1"), [error("no route", URN), error("no route", URN), summary])).toBe(
    "slos/receivers: no route",
  );
  expect(failureText(new Error("exit 1"), [summary])).toBe("update failed");
  expect(failureText(new Error("exit 1"), [])).toBe("exit 1");
});
