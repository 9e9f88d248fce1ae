import { combine, defineService, vllm } from "firebreak";
import { vllmBudgets } from "./budgets.ts";

/** A vLLM server, on the metric names and bucket boundaries that it really exposes. */
export const engines = defineService({
  name: "vllm",
  description: "Serves the models themselves.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/vllm",
  ...combine(vllm({ job: "vllm" }), { budgets: vllmBudgets }),
});
