/**
 * `npm run bench:simulate`: how long a year of noise and all histories take for 100 SLOs that differ. One line of JSON.
 */
import { build } from "../src/build.ts";
import { simulate } from "../src/simulate/simulate.ts";

const SLOS = 100;

const slos = Array.from({ length: SLOS }, (_, index) => ({
  name: `slo-${index}`,
  objective: Number((99 + index / 110).toFixed(3)),
  eventsPerDay: 10_000 * (index + 1),
  sli: { kind: "events", total: `requests_${index}_total`, bad: `errors_${index}_total` },
}));
const services = [{ name: "bench", owner: "bench", runbooks: "https://runbooks.example.com", slos }];
const { plan, issues } = build({ services, templates: {}, targets: [] });
if (plan === undefined) throw new Error(issues.map(({ message }) => message).join("\n"));
const [began, cpu] = [performance.now(), process.cpuUsage()];
const played = simulate(plan);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    bench: "simulate",
    slos: played.slos.length,
    evaluationsEach: (365 * 86_400) / 30,
    wallSeconds: Math.round(performance.now() - began) / 1000,
    cpuSeconds: Math.round((user + system) / 1000) / 1000,
  }),
);
