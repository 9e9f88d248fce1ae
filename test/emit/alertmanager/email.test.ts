/** E-mail on the real Alertmanager: the forms that a declaration may have. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "../../../src/parse/parse.ts";
import { service } from "../../parse/valid.ts";
import { describeWithEngine, runAmtool } from "../../support/engines.ts";
import { planFixture } from "../../support/plan-fixture.ts";
import { writtenOut } from "./written-out.ts";

describeWithEngine("amtool", "a declared mail host", () => {
  test.each(["smtp.example.com:587", "10.0.0.1:65535", "[::1]:25", "mail_relay:25"])(
    "%s is one for Alertmanager",
    async (smarthost) => {
      const email = { to: 'a@example.com, "B, C" <b@example.com>', from: "On Call <c@example.com>", smarthost };
      const receivers = { default: { page: { email } } };
      expect(parse({ services: [service], platform: { retention: "60d", receivers } }).issues).toEqual([]);
      const dir = writtenOut(planFixture([{ id: "gateway/availability" }], { receivers }));
      const { status, stdout, stderr } = await runAmtool(["check-config", join(dir, "alertmanager.yaml")]);
      expect([status, `${stdout}${stderr}`]).toEqual([0, expect.stringContaining("SUCCESS")]);
    },
  );
});
