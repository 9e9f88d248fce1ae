/** Random error-budget policies and first checks. */
import fc from "fast-check";
import type { CheckDeclaration, PolicyDeclaration } from "../../../src/declare/declaration.ts";
import { declared, oneOf, prose } from "./values.ts";

const exception = fc.record({ until: oneOf("2027-01-31", "2028-02-29"), why: prose });

export const policy: fc.Arbitrary<PolicyDeclaration> = declared(
  {},
  {
    freezeAt: oneOf(0, 0.1),
    warnBelow: oneOf(0.25, 0.999),
    exceptions: fc.array(exception, { maxLength: 2 }),
    says: prose,
  },
);

const check = declared({ what: prose }, { how: prose, query: oneOf("sum(queue_depth)", 'up{job="a|`b"}\n== 0') });

export const checks: fc.Arbitrary<CheckDeclaration[]> = fc.array(check, { maxLength: 4 });
