/** What a budget gives twice in a list of its own. */
import type { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { SHARES_HINT, sameShares } from "../slo/same-shares.ts";

/** Two alerts at one share would share their name and tier, and the second would say nothing new. */
export function refuseSameShares(
  thresholds: readonly (number | { readonly at: number })[],
  context: z.RefinementCtx,
): void {
  const shares = thresholds.map((each) => (typeof each === "number" ? each : each.at));
  for (const { share, other, index } of sameShares(shares)) {
    const message = other === share ? `the share ${share} is given twice` : `${share} and ${other} are the same share`;
    refuse(context, [index], message, SHARES_HINT);
  }
}

/** A burn's name is its tier. */
export function refuseSameNames(burns: readonly { readonly name: string }[], context: z.RefinementCtx): void {
  const names = burns.map(({ name }) => name);
  names.forEach((name, index) => {
    if (names.indexOf(name) !== index)
      refuse(context, [index, "name"], `another burn is called \`${name}\``, "Give each its own name.");
  });
}

function refuse(context: z.RefinementCtx, path: (string | number)[], message: string, hint: string): void {
  context.addIssue({ code: "custom", path, message, params: fault("duplicate-id", hint) });
}
