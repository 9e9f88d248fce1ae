/** Tiers for what few events measure, over a window of a week: hours and days, since minutes hold nothing. */
import type { AlertingDeclaration } from "../../declare/declaration.ts";

export const lowVolume: AlertingDeclaration = {
  tiers: [
    { name: "ticket-fast", severity: "ticket", long: "1d", short: "6h", burn: 3 },
    { name: "ticket-slow", severity: "ticket", long: "3d", short: "1d", burn: 1 },
  ],
};
