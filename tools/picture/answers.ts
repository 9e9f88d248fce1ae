/** Questions to Prometheus, and its answers as numbers. */

export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** Seconds since 1970, and the value then. */
  readonly points: readonly (readonly [number, number])[];
}

export interface Range {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

/** One value per series, at one time. */
export async function askInstant(url: string, query: string, time: number): Promise<Series[]> {
  const found = await ask(url, "query", { query, time: String(time) });
  return found.map(({ metric, value }) => ({ labels: withoutName(metric), points: value ? [toPoint(value)] : [] }));
}

/** Values over time. Prometheus answers 11,000 points at a time. */
export async function askRange(url: string, query: string, { from, to, step }: Range): Promise<Series[]> {
  const parts: Series[] = [];
  for (let start = from; start <= to; start += 10_000 * step) {
    const end = Math.min(to, start + 9_999 * step);
    const found = await ask(url, "query_range", { query, start: String(start), end: String(end), step: String(step) });
    parts.push(
      ...found.map(({ metric, values }) => ({ labels: withoutName(metric), points: (values ?? []).map(toPoint) })),
    );
  }
  return joined(parts);
}

type Sample = readonly [number, string];

interface Found {
  readonly metric: Readonly<Record<string, string>>;
  readonly value?: Sample;
  readonly values?: readonly Sample[];
}

async function ask(
  url: string,
  kind: "query" | "query_range",
  parameters: Record<string, string>,
): Promise<readonly Found[]> {
  const response = await fetch(`${url}/api/v1/${kind}`, { method: "POST", body: new URLSearchParams(parameters) });
  const answer = (await response.json()) as { status: string; error?: string; data: { result: readonly Found[] } };
  if (answer.status !== "success") throw new Error(`${answer.error}: ${parameters.query}`);
  return answer.data.result;
}

function toPoint([time, value]: Sample): readonly [number, number] {
  return [time, Number(value)];
}

function withoutName({
  __name__: _name,
  ...labels
}: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return labels;
}

function joined(parts: readonly Series[]): Series[] {
  const whole = new Map<string, Series>();
  for (const part of parts) {
    const key = JSON.stringify(part.labels);
    whole.set(key, { labels: part.labels, points: [...(whole.get(key)?.points ?? []), ...part.points] });
  }
  return [...whole.values()];
}
