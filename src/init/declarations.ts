/** The first declarations, as text: what a Prometheus has, or one service to begin with. */
import { nearestId } from "../parse/text/id.ts";
import { printSeconds, suggestDuration } from "../promql/duration.ts";
import { DAY, WEEK } from "../time/units.ts";
import type { Answers } from "./answers.ts";
import type { Options } from "./candidate.ts";
import { literal } from "./literal.ts";
import type { Proposal } from "./propose.ts";

/** What is known of the environment. */
export interface Surroundings {
  /** Nothing was found, or nothing asked, where it is empty. */
  readonly proposals: readonly Proposal[];
  /** How long samples are kept; undefined where nobody said. */
  readonly retentionSeconds: number | undefined;
}

/** The text of the module that exports `services` and `platform`. */
export function declarations(answers: Answers, { proposals, retentionSeconds }: Surroundings): string {
  const window = windowWithin(retentionSeconds);
  const services = proposals.length === 0 ? [firstService(answers, window)] : proposed(proposals, answers, window);
  const names = proposals.length === 0 ? ["events"] : proposals.map(({ preset }) => preset);
  return [
    "/** What is promised, and who is notified. `npx firebreak check` judges it, `npx firebreak build` compiles it. */",
    `import { ${["definePlatform", "defineService", ...new Set(names)].sort().join(", ")} } from "firebreak";`,
    "",
    `export const services = [\n${services.join("\n")}\n];`,
    "",
    platform(retentionSeconds),
  ].join("\n");
}

/** A rolling window beyond the retention would be dead. Undefined: the default of 30d fits. */
function windowWithin(retentionSeconds: number | undefined): string | undefined {
  const days = (retentionSeconds ?? 30 * DAY) / DAY;
  return days >= 30 ? undefined : [14, 7].map((each) => (days >= each ? `${each}d` : undefined)).find(Boolean);
}

function firstService({ name, owner }: Answers, window: string | undefined): string {
  return `  defineService({
    name: ${JSON.stringify(name)},
    owner: ${JSON.stringify(owner)},
    slos: [
      {
        name: "availability",
        description: "Requests are answered without a server error.",
        objective: 99.9,${window === undefined ? "" : `\n        window: "${window}",`}
        // Put your own counters here: \`npx firebreak doctor --prometheus URL\` says whether they are there.
        sli: events({
          total: ${literal(`http_requests_total{job=${JSON.stringify(name)}}`)},
          bad: ${literal(`http_requests_total{job=${JSON.stringify(name)}, code=~"5.."}`)},
        }),
      },
    ],
  }),`;
}

/** Each in a service of its own, whose name nothing else has. */
function proposed(proposals: readonly Proposal[], answers: Answers, window: string | undefined): string[] {
  const names = new Set<string>();
  return proposals.map((proposal) => {
    const name = unusedName(proposal, names);
    names.add(name);
    return serviceOf(proposal, name, { owner: answers.owner, window });
  });
}

function unusedName({ job, preset }: Proposal, used: ReadonlySet<string>): string {
  const wanted = nearestId(job) || nearestId(preset);
  const candidates = [wanted, nearestId(`${wanted}-${kebab(preset)}`)];
  return candidates.find((name) => !used.has(name)) ?? nearestId(`${candidates[1]}-${used.size}`);
}

function kebab(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Common {
  readonly owner: string;
  readonly window: string | undefined;
}

function serviceOf(proposal: Proposal, name: string, { owner, window }: Common): string {
  const { preset, leftOut, scrapeInterval } = proposal;
  const options: Options = { ...proposal.options, ...(window !== undefined && { window }) };
  return [
    "  defineService({",
    `    name: ${JSON.stringify(name)},`,
    `    owner: ${JSON.stringify(owner)},`,
    ...scrapedEvery(scrapeInterval),
    ...(leftOut.length === 0 ? [] : ["    // Left out is what had no series yet: take it in once it has."]),
    `    ...${preset}(${literal(options, "    ")}),`,
    "  }),",
  ].join("\n");
}

/** Where it is not the default. Prometheus writes `1m30s`, and one unit is wanted. */
function scrapedEvery(interval: string | undefined): string[] {
  const written = suggestDuration(interval ?? "");
  return written === undefined || written === "30s" ? [] : [`    scrapeInterval: "${written}",`];
}

function platform(retentionSeconds: number | undefined): string {
  const isLong = retentionSeconds !== undefined && retentionSeconds >= WEEK;
  return `export const platform = definePlatform({
${isLong ? `  retention: "${suggestDuration(printSeconds(retentionSeconds))}",` : KEPT}
  // Where the pages of generated/runbooks are published.
  runbooks: "https://runbooks.example.com",
  // Secrets are named, never given: docs/alertmanager.md says where they come from.
  receivers: {
    default: { page: { pagerduty: { secret: "pagerduty" } }, ticket: { slack: { secret: "slack" } } },
  },
});
`;
}

const KEPT =
  '  // How long your Prometheus keeps samples, such as "30d": until it is declared, there is a warning.\n  // retention: "30d",';
