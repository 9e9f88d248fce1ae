/** Before every test file: all properties have one seed, and a failing one says which. */
import fc from "fast-check";
import { reportFailure, seedFrom } from "./seed.ts";

fc.configureGlobal({ seed: seedFrom(process.env.FIREBREAK_SEED), reporter: reportFailure });
