/** Any budget of money or tokens, and any experiment. */
import fc from "fast-check";
import type {
  Amount,
  BudgetDeclaration,
  Duration,
  ExperimentDeclaration,
  PriceTable,
  SpendBurnDeclaration,
} from "../../../src/declare/declaration.ts";
import { sliArbitraries } from "./slis.ts";
import {
  amountOf,
  counterOf,
  declared,
  groupValue,
  labels,
  offset,
  oneOf,
  prose,
  selectorOf,
  severity,
  url,
} from "./values.ts";

const threshold = fc.oneof(oneOf(0.25, 0.8, 1, 2.5), declared({ at: oneOf(0.333, 0.5, 0.9) }, { severity }));

function burn(name: string): fc.Arbitrary<SpendBurnDeclaration> {
  const windows = oneOf<{ long: Duration; short: Duration }>(
    { long: "30m", short: "5m" },
    { long: "6h", short: "30m" },
    { long: "1d", short: "2h" },
  );
  return fc
    .tuple(fc.record({ name: fc.constant(name), severity, burn: oneOf(1.5, 2, 10) }), windows)
    .map(([rest, each]) => ({ ...rest, ...each }));
}

const burns = fc.oneof(
  fc.constant(false as const),
  burn("hot").map((one) => [one]),
  fc.tuple(burn("hot"), burn("warm")),
);

/** Money, or tokens, by a meter or at prices. */
export function budgetOf(name: string): fc.Arbitrary<BudgetDeclaration> {
  return oneOf(["spend", "dollars"] as const, ["spend", "euros"] as const, ["tokens", "tokens"] as const).chain(
    ([kind, unit]) => {
      const amount = amountOf(unit);
      return fc
        .tuple(
          meterOf(kind, unit),
          declared(
            { kind: fc.constant(kind), name: fc.constant(name), per: period },
            {
              offset,
              thresholds: fc.array(threshold, { maxLength: 3 }),
              forecast: fc.boolean(),
              burn: burns,
              anomaly: fc.oneof(
                fc.constant(false as const),
                declared({}, { ratio: oneOf(0.1, 2), atLeast: amount, severity }),
              ),
              requests: counterOf("llm_requests_total", []),
              tokens: counterOf("llm_tokens_total", []),
              unitCost: declared({}, { perRequest: amount, per1kTokens: amount, minRequests: oneOf(1, 5000) }),
              activeUsers: selectorOf("active_users"),
              description: prose,
              runbook: url,
              labels,
            },
          ),
          limitsIn(amount),
        )
        .map(([meter, rest, limits]) => ({ ...rest, ...meter, ...limits }) as BudgetDeclaration);
    },
  );
}

const period = oneOf<BudgetDeclaration["per"]>("hour", "day", "week", "month", "quarter", "year", "6h", "7d", "30d");

/** Over everything, for single values, for each: one of them at least. */
function limitsIn(amount: fc.Arbitrary<Amount>) {
  const limits = fc.dictionary(groupValue, amount, { minKeys: 1, maxKeys: 2 });
  const several = oneOf(["model"], ["model", "team"]);
  const receivers = fc.dictionary(groupValue, oneOf("default", "search"), { minKeys: 1, maxKeys: 2 });
  return fc.oneof(
    declared({ limit: amount }, { by: several }),
    declared({ by: oneOf(["model"]), limits }, { limit: amount, limitEach: amount, receivers }),
    declared({ by: several, limitEach: amount }, { limit: amount }),
  );
}

function meterOf(kind: string, unit: string): fc.Arbitrary<Pick<BudgetDeclaration, "metric" | "prices">> {
  const metric = fc.record({
    metric: counterOf(kind === "tokens" ? "tokens_total" : "cost_dollars_total", ["model", "team"]),
  });
  return kind === "tokens" ? metric : fc.oneof({ weight: 2, arbitrary: metric }, fc.record({ prices: pricesIn(unit) }));
}

function pricesIn(unit: string): fc.Arbitrary<PriceTable> {
  const price = fc.record({ amount: oneOf(0, 0.15, 30), unit: fc.constant(unit) });
  const models = fc.dictionary(groupValue, fc.record({ input: price, output: price, cached_input: price }), {
    minKeys: 1,
    maxKeys: 3,
  });
  const all = { model: oneOf("model", "model_name"), per: oneOf("1k" as const, "1M"), models };
  const within = oneOf({ cached_input: "input" });
  return fc.oneof(
    declared({ ...all, tokens: selectorOf("gen_ai_tokens_total"), type: oneOf("gen_ai_token_type") }, { within }),
    declared({ ...all, tokens: tokenCounters() }, { within }),
  );
}

function tokenCounters() {
  return fc.record({
    input: counterOf("prompt_tokens_total", ["model", "team"]),
    output: selectorOf("generation_tokens_total"),
    cached_input: selectorOf("cached_tokens_total"),
  });
}

/** Groups side by side, measured by what counts events. */
export function experimentOf(name: string): fc.Arbitrary<ExperimentDeclaration> {
  const by = ["variant"];
  const sli = fc.oneof(sliArbitraries.events(by), sliArbitraries.latency(), sliArbitraries.score(by));
  const measured = (each: string) => fc.record({ name: fc.constant(each), sli });
  return declared(
    {
      name: fc.constant(name),
      label: oneOf("variant"),
      baseline: oneOf("A", "control", 'q"uote', "{{x}}"),
      slis: fc.oneof(
        measured("first").map((one) => [one]),
        fc.tuple(measured("first"), measured("second")),
      ),
    },
    {
      description: prose,
      variants: oneOf(["B"], ["B", "c|d"]),
      cost: declared(
        { metric: counterOf("cost_dollars_total", by), per: counterOf("llm_requests_total", by) },
        { unit: oneOf("euros") },
      ),
      window: oneOf<Duration>("1h", "6h", "1d", "7d"),
      minSample: oneOf(1, 10_000),
      sigma: oneOf(2, 5.5),
      atLeast: oneOf(0, 0.01, 0.5),
      for: oneOf<Duration>("5m", "2h"),
      severity,
      runbook: url,
      labels,
    },
  ) as unknown as fc.Arbitrary<ExperimentDeclaration>;
}
