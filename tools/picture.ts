/**
 * `node tools/picture.ts [FILE]`: the picture of a dashboard for README and docs.
 * The counts of a month are simulated; the expressions of the generated rules are evaluated over them in a real Prometheus
 * (alerts without their `for`). The dashboard's own queries are asked of it, and its
 * own layout is drawn. Grafana itself takes no part, and the caption says so.
 */
import { parseArgs } from "node:util";
import { inference } from "../slos/inference.ts";
import { platform } from "../slos/platform.ts";
import { compile } from "../src/compile/compile.ts";
import type { ServicePlan } from "../src/compile/plan.ts";
import type { Dashboard } from "../src/emit/grafana/model.ts";
import { grafana } from "../src/emit/grafana.ts";
import { parse } from "../src/model/parse.ts";
import { END } from "./picture/month.ts";
import { page } from "./picture/page.ts";
import { photograph } from "./picture/photograph.ts";
import { startWithMonth, stopWithMonth } from "./picture/prometheus.ts";

const CAPTION =
  "Drawn by tools/picture.ts from the generated dashboard's own queries and layout, answered by a real Prometheus: the counts of a month are simulated, the generated rules' expressions made the rest. Not a screenshot of Grafana.";

const SLOS = ["error-rate", "latency", "saturation"];

const { positionals } = parseArgs({ allowPositionals: true });
const file = positionals[0] ?? "docs/dashboard.png";
await photograph(await draw(), file);
console.log(file);

async function draw(): Promise<string> {
  const { services, platform: parsed } = parse({
    services: [shortened()],
    platform: { ...platform, evaluationInterval: "60s" },
  });
  const { plan } = compile(services, parsed);
  const dashboard = grafana.emit(plan, {})[0]?.value as Dashboard;
  const server = await startWithMonth(plan.services.flatMap(({ slos }: ServicePlan) => slos));
  const source = { url: server.url, range: { from: END - 6 * 3600, to: END, step: 60 } };
  return page(dashboard, "error-rate", source, CAPTION).finally(() => stopWithMonth(server));
}

/** Three SLOs: a picture has to fit on a page. */
function shortened() {
  return { ...inference, slos: inference.slos?.filter(({ name }) => SLOS.includes(name)) };
}
