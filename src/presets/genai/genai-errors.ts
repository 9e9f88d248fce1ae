/**
 * Whose fault a failure is, by `error.type`: a status code, a provider's own code, or the exception's class, which is what most
 * instrumentations record. Without regard to case, since codes are `rate_limit_exceeded` and `RESOURCE_EXHAUSTED` where classes are
 * `RateLimitError`. What is not known counts as the provider's.
 */
import { patternOption } from "../assemble/option-schemas.ts";

/** Errors that are not the provider's, as patterns of `error.type`. */
export interface GenaiErrors {
  /** The caller's: wrong requests, credentials, filtered content, calls given up. Rate limits are beside it. */
  readonly callerErrors: string;
  readonly rateLimitErrors: string;
}

/** Throttling of Bedrock (ThrottlingException, ServiceQuotaExceededException) and Vertex (ResourceExhausted) among them. */
const RATE_LIMITS = "(?i)429|.*(rate_?limit|throttl|too_?many_?requests|quota|resource_?exhausted).*";

/** A bare ClientError is any 4xx of Google's client, and of botocore one that its model does not name, such as bad credentials. */
const CALLERS = `(?i)4..|clienterror|.*(${[
  "bad_?request",
  "invalid_?(request|argument)",
  // Not `validation` alone: OpenAI's and Anthropic's APIResponseValidationError is a wrong answer.
  "validationexc|httpvalidation|unprocessable",
  "auth|denied|permission|forbidden|not_?found",
  "context_?(window|length)|too_?large|content_?(policy|filter)|blocked_",
  "cancel|abort_?error|generatorexit",
].join("|")}).*`;

/** Options by these names, with what is known as default. */
export const genaiErrorOptions = {
  callerErrors: patternOption.default(CALLERS),
  rateLimitErrors: patternOption.default(RATE_LIMITS),
};

/** Matchers of all operations but those, written with `$error`. */
export function countedOperations({ callerErrors, rateLimitErrors }: GenaiErrors): string {
  return `$error!~"${callerErrors}",$error!~"${rateLimitErrors}"`;
}
