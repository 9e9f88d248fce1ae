/** Native histograms and classic ones: the doctor asks for the one that is declared, and names the other where that is there. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Connection } from "../../src/doctor/ask/no-answer.ts";
import { connectionOf } from "../../src/doctor/ask/prometheus.ts";
import { diagnose } from "../../src/doctor/doctor.ts";
import { latency } from "../../src/index.ts";
import { planOf } from "../diff/planned.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { query } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";

const HISTOGRAM = "prometheus_http_request_duration_seconds";

describeWithEngine("prometheus", "the doctor of a server that scrapes native histograms", () => {
  let scraped: Server;
  let prometheus: Server;

  beforeAll(async () => {
    scraped = await startPrometheus({ config: "{}" });
    const job = { static_configs: [{ targets: [new URL(scraped.url).host] }] };
    const jobs = [
      { ...job, job_name: "native", scrape_native_histograms: true },
      { ...job, job_name: "classic" },
    ];
    const config = JSON.stringify({ global: { scrape_interval: "1s" }, scrape_configs: jobs });
    prometheus = await startPrometheus({ config });
    const both = `count(${HISTOGRAM}) and on () count(${HISTOGRAM}_count)`;
    await waitFor("both kinds are there", async () => (await query(prometheus, both)).length === 1);
  });

  afterAll(async () => {
    await prometheus?.stop();
    await scraped?.stop();
  });

  async function found(job: string, type: "classic" | "native"): Promise<string[]> {
    const sli = latency({ histogram: `${HISTOGRAM}{job="${job}"}`, threshold: "100ms", type });
    const slos = [{ name: "s", objective: 99, sli, groupBy: ["handler"] }];
    const plan = planOf(
      { name: "shop", owner: "web", runbooks: "https://r.example.com", slos },
      {
        buckets: { [HISTOGRAM]: [0.1] },
      },
    );
    const { issues } = await diagnose(plan, connectionOf(prometheus.url, {}) as Connection);
    return issues.filter(({ path }) => path[0] === "shop").map(({ code }) => code);
  }

  test.each(["classic", "native"] as const)("has nothing against a %s one that is declared", async (type) => {
    const missing = ["histogram-differs", "label-value-never-seen", "just-started"];
    expect((await found(type, type)).filter((code) => missing.includes(code))).toEqual([]);
  });

  test.each([
    ["native", "classic"],
    ["classic", "native"],
  ] as const)("says that a %s one is there where a %s one is declared", async (there, declared) => {
    expect(await found(there, declared)).toEqual(["histogram-differs"]);
  });
});
