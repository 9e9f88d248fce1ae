import { defineService, litellm, usd } from "firebreak";

/** The LiteLLM proxy, through which teams call models of several providers. */
export const proxy = defineService({
  name: "litellm",
  description: "The proxy in front of our own and other providers' models.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/litellm",
  policy: {
    warnBelow: 0.25,
    freezeAt: 0,
    says: "While it is spent, what makes the proxy more reliable goes first; ml-platform decides on exceptions.",
  },
  ...litellm({
    job: "litellm",
    spend: [
      { name: "daily-spend", per: "day", limit: usd(800), by: ["model"], limitEach: usd(400) },
      { name: "team-spend", per: "month", by: ["team_alias"], limits: { search: usd(6000) }, limitEach: usd(2000) },
    ],
  }),
});
