/** What to look at first, by symptom: from the best practices that this product was made from, and what they leave open. */
import type { Words } from "../../../sli/kind.ts";

export type Symptom = Words["symptom"];

export interface Check {
  readonly what: string;
  /** A sentence or two of Markdown. */
  readonly how: string;
}

/** A check that says something else where models answer. */
interface Advice extends Check {
  readonly howOfAi?: string;
}

/** What is bad for its users, by what is measured. */
export function checksOf(symptom: Symptom, isAi: boolean): Check[] {
  return firstChecks[symptom].map((check) => adviceFor(check, isAi));
}

/** What stops the harm before anybody knows the cause. */
export function mitigationOf(symptom: Symptom, isAi: boolean): string {
  return adviceFor(mitigations[symptom], isAi).how;
}

/** The latest change before it began: the first suspect of every burn. */
export function changesOf(symptom: Symptom, isAi: boolean): string {
  return adviceFor(symptom === "quality" ? newQuality : deployments, isAi).how;
}

function adviceFor({ what, how, howOfAi = how }: Advice, isAi: boolean): Check {
  return { what, how: isAi ? howOfAi : how };
}

const serviceHealth: Check = {
  what: "Service health",
  how: "Are all instances up, ready and not restarting? Look at restarts, out-of-memory kills, health endpoints, and the logs of the instance that stands out.",
};
const deployments: Advice = {
  what: "What changed",
  how: "A release, a certificate, a flag or a setting shortly before it began? If the times agree, roll back first and understand later.",
  howOfAi:
    "A release, a model, a prompt, a certificate, a flag or a setting shortly before it began? If the times agree, roll back first and understand later.",
};
const newQuality: Advice = {
  what: "What changed",
  how: "A new version, feature or data source? Compare the score before and after, and roll back the change that lowered it.",
  howOfAi:
    "A new model, prompt, retrieval index, feature or data source? Compare the score before and after, and roll back the change that lowered it.",
};
const queueDepth: Check = {
  what: "Queue depth",
  how: "Is work waiting: requests in flight, batches, consumer lag, connection pools? A growing queue means work arrives faster than it is done.",
};
const utilisation: Advice = {
  what: "Resource utilisation",
  how: "CPU and its throttling, memory, disk, network, file handles. Is an autoscaler at its maximum, or a quota reached?",
  howOfAi:
    "CPU and its throttling, memory, GPU and its cache, disk, network, file handles. Is an autoscaler at its maximum, or a quota reached?",
};
const dependencies: Advice = {
  what: "Dependencies",
  how: "Databases, caches and upstream services: look at their status pages, their error rates and their rate limits.",
  howOfAi:
    "Databases, caches, upstream services and model providers: look at their status pages, their error rates and their rate limits.",
};

const firstChecks: Readonly<Record<Symptom, readonly Advice[]>> = {
  errors: [serviceHealth, dependencies],
  latency: [
    queueDepth,
    utilisation,
    {
      what: "The mix of requests",
      how: "Did they become larger, longer or more expensive: bigger payloads, colder caches, another route?",
      howOfAi:
        "Did they become larger, longer or more expensive: bigger payloads, longer prompts, colder caches, another route?",
    },
  ],
  saturation: [
    queueDepth,
    utilisation,
    {
      what: "Demand",
      how: "Did traffic grow, or did a client begin to retry? Shed or limit load before adding capacity takes effect.",
    },
  ],
  availability: [
    serviceHealth,
    {
      what: "The path to it",
      how: "Name resolution, certificates, load balancers, firewalls, and the prober itself: is it down for everyone, or only for the probe?",
    },
    dependencies,
  ],
  staleness: [
    {
      what: "The last run",
      how: "Did the job start, is it still running, or did it fail? Read the log of its last run.",
    },
    {
      what: "What it waits for",
      how: "Upstream data, locks, storage space, credentials that expired, a schedule that was paused.",
    },
    utilisation,
  ],
  throughput: [
    {
      what: "Demand",
      how: "Is there less demand, or is less being done? Compare with the traffic upstream: without demand nothing is broken here.",
    },
    serviceHealth,
    queueDepth,
    utilisation,
  ],
  quality: [
    { what: "Inputs", how: "Did they drift: another language, customer or source? Read a sample of the worst ones." },
    {
      what: "The measurement",
      how: "Is the measurement itself healthy: enough samples, the same way of asking, no failing job?",
      howOfAi: "Is the evaluation itself healthy: enough samples, the same judge, no failing job?",
    },
  ],
};

const mitigations: Readonly<Record<Symptom, Advice>> = {
  errors: {
    what: "Mitigate",
    how: "Roll back the latest change, take a bad instance out of rotation, fail over to another region.",
    howOfAi:
      "Roll back the latest change, take a bad instance out of rotation, fail over to another model or provider.",
  },
  latency: {
    what: "Mitigate",
    how: "Scale out or shed load, switch off what is costly and optional, take a slow instance out of rotation.",
    howOfAi:
      "Scale out or shed load, limit output tokens and long prompts, take a slow instance out of rotation, route to a faster model.",
  },
  saturation: {
    what: "Mitigate",
    how: "Shed or limit load first; new capacity takes a while to arrive.",
  },
  availability: {
    what: "Mitigate",
    how: "Restart or move what is down, roll back the latest change, fail over.",
  },
  staleness: {
    what: "Mitigate",
    how: "Run the job by hand once the cause is fixed, and notify those who use its output.",
  },
  throughput: {
    what: "Mitigate",
    how: "Restart stuck workers, add more, and pause competing work.",
  },
  quality: {
    what: "Mitigate",
    how: "Roll back the change that lowered it, or send its traffic to the previous version.",
    howOfAi: "Roll back the model, prompt or index that lowered it, or route to the previous one.",
  },
};
