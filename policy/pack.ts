/** The policy pack: `pulumi preview --policy-pack policy` holds a deployment to what this project promises. */
import { PolicyPack } from "@pulumi/policy";
import { alertsAreOwned, pagesAreMultiWindow } from "./alerts.ts";
import { noSecretInClear } from "./clear-secrets.ts";
import { objectiveBounds } from "./objectives.ts";
import { requiredLabels } from "./required-labels.ts";
import { objectsFit } from "./sizes.ts";

new PolicyPack("firebreak", {
  enforcementLevel: "mandatory",
  policies: [alertsAreOwned, pagesAreMultiWindow, objectiveBounds, objectsFit, requiredLabels, noSecretInClear],
});
