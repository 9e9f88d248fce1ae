/** Whose fault a failed call of a model is, by what clients of the great providers write into `error.type`. */
import { describe, expect, test } from "vitest";
import { build } from "../../../src/build.ts";
import { type GenaiOtelOptions, genaiOtel } from "../../../src/index.ts";
import { parseSelector } from "../../../src/promql/grammar/parse.ts";
import { matchesAll } from "../../../src/sli/sample-labels.ts";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { presetPlatform } from "../example-services.ts";
import { badShare, rulesOf } from "../judged.ts";

type Whose = "caller" | "limit" | "provider";

const KNOWN: readonly (readonly [client: string, whose: Whose, errors: readonly string[]])[] = [
  ["status codes", "caller", ["400", "401", "403", "404", "422"]],
  ["status codes", "limit", ["429"]],
  ["status codes", "provider", ["500", "503", "529", "timeout", "_OTHER"]],
  [
    "OpenAI",
    "caller",
    [
      "BadRequestError",
      "AuthenticationError",
      "PermissionDeniedError",
      "NotFoundError",
      "UnprocessableEntityError",
      "APIUserAbortError",
      "ContentFilterFinishReasonError",
      "invalid_request_error",
      "context_length_exceeded",
    ],
  ],
  ["OpenAI", "limit", ["RateLimitError", "rate_limit_exceeded", "insufficient_quota"]],
  [
    "OpenAI",
    "provider",
    ["InternalServerError", "APIConnectionError", "APITimeoutError", "APIResponseValidationError", "server_error"],
  ],
  ["Azure", "caller", ["ClientAuthenticationError", "ResourceNotFoundError", "DeploymentNotFound", "content_filter"]],
  ["Azure", "limit", ["TooManyRequests", "too_many_requests"]],
  ["Azure", "provider", ["ServiceRequestError", "HttpResponseError", "IncompleteReadError"]],
  [
    "Anthropic",
    "caller",
    ["invalid_request_error", "authentication_error", "permission_error", "not_found_error", "request_too_large"],
  ],
  ["Anthropic", "limit", ["RateLimitError", "rate_limit_error"]],
  ["Anthropic", "provider", ["OverloadedError", "overloaded_error", "api_error", "APIStatusError"]],
  [
    "Bedrock",
    "caller",
    [
      "ValidationException",
      "AccessDeniedException",
      "ResourceNotFoundException",
      "ClientError",
      "UnauthorizedException",
    ],
  ],
  ["Bedrock", "limit", ["ThrottlingException", "ServiceQuotaExceededException"]],
  [
    "Bedrock",
    "provider",
    ["InternalServerException", "ServiceUnavailableException", "ModelTimeoutException", "ModelErrorException"],
  ],
  [
    "Vertex",
    "caller",
    [
      "InvalidArgument",
      "PermissionDenied",
      "Unauthenticated",
      "NotFound",
      "Forbidden",
      "ClientError",
      "BLOCKED_SAFETY",
    ],
  ],
  ["Vertex", "limit", ["ResourceExhausted", "RESOURCE_EXHAUSTED", "TooManyRequests"]],
  ["Vertex", "provider", ["ServerError", "ServiceUnavailable", "DeadlineExceeded", "InternalServerError"]],
  ["clients that give up", "caller", ["CancelledError", "Cancelled", "GeneratorExit", "AbortError"]],
  ["clients that cannot connect", "provider", ["ClientConnectorError", "ConnectError", "ReadTimeout"]],
];

const cases = KNOWN.flatMap(([client, whose, errors]) => errors.map((error) => [client, error, whose] as const));

describe("an error", () => {
  test.each(cases)("of %s: %s is the fault of: %s", (_client, error, whose) => {
    expect(judge(error)).toBe(whose);
  });

  test("is whose an option says", () => {
    const options = { callerErrors: "OurMistake", rateLimitErrors: "Overloaded.*" };
    expect(["OurMistake", "OverloadedError", "BadRequestError"].map((error) => judge(error, options))).toEqual([
      "caller",
      "limit",
      "provider",
    ]);
    expect(judge("OurMistake", { role: "server", callerErrors: "OurMistake" })).toBe("caller");
    expect(judge("OurMistake", { flavour: "traceloop", callerErrors: "OurMistake" })).toBe("caller");
  });

  test.each([["callerErrors"], ["rateLimitErrors"]])("has a sound pattern in %s, or it is an issue", (option) => {
    expect(codesOf({ [option]: "(" })).toEqual(["bad-value"]);
  });
});

describe("agents", () => {
  test.each(["openlit", "traceloop"] as const)("are refused with %s, which measures none", (flavour) => {
    expect(codesOf({ flavour, agents: true })).toEqual(["bad-value"]);
    expect(codesOf({ flavour })).toEqual([]);
    expect(codesOf({ agents: true })).toEqual([]);
  });
});

const target = 'job="j",instance="a:1"';
const calls = (error: string) =>
  `gen_ai_client_operation_duration_seconds_count{${target},gen_ai_provider_name="aws.bedrock",gen_ai_request_model="m"${error}}`;

describeWithEngine("promtool", "genaiOtel()", () => {
  test("sees throttling by Bedrock as rejections, and as no outage", async () => {
    const rules = rulesOf(genaiOtel({ job: "j" }), ["availability", "rejections"]);
    const up = { [`up{${target}}`]: "1x120", [calls("")]: "0+30x120" };
    const failing = (error: string) => ({ ...up, [calls(`,error_type="${error}"`)]: "0+30x120" });
    await expectHistories(rules, [
      {
        series: failing("ThrottlingException"),
        expectations: [badShare("50m", "availability", 0), badShare("50m", "rejections", 0.5)],
      },
      {
        series: failing("ServiceUnavailableException"),
        expectations: [badShare("50m", "availability", 0.5), badShare("50m", "rejections", 0)],
      },
    ]);
  });
});

/** Which SLO counts it as bad. */
function judge(error: string, options: GenaiOtelOptions = {}): Whose | "nobody" {
  const { slos } = genaiOtel(options);
  const isIn = (name: string, part: "total" | "bad") => {
    const sli = slos.find((slo) => slo.name === name)?.sli;
    const metric = sli?.kind === "events" ? sli[part] : undefined;
    const parsed = parseSelector(typeof metric === "string" ? metric : "");
    return parsed.ok && matchesAll(parsed.value.matchers, { error_type: error });
  };
  if (isIn("availability", "bad")) return "provider";
  if (isIn("availability", "total")) return "nobody";
  return isIn("rejections", "bad") ? "limit" : "caller";
}

function codesOf(options: GenaiOtelOptions): string[] {
  const service = { name: "svc", owner: "team", ...genaiOtel({ job: "j", ...options }) };
  const { issues } = build({ services: [service], platform: presetPlatform, templates: {}, targets: [] });
  return issues.filter(({ level }) => level === "error").map(({ code }) => code);
}
