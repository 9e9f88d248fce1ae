/** A small client of a real Kubernetes API server. */
import { request } from "node:https";

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly resourceVersion?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server answers
  readonly [field: string]: any;
}

export interface Client {
  readonly url: string;
  readonly token: string;
  /** Asks with any method; the body is sent as it is. */
  ask(method: string, path: string, body?: unknown, type?: string): Promise<Answer>;
  get(path: string): Promise<KubernetesObject | undefined>;
  list(path: string): Promise<KubernetesObject[]>;
  /** Server-side apply, as another manager than Pulumi. */
  apply(path: string, object: object): Promise<KubernetesObject>;
  remove(path: string): Promise<void>;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the server answers
  readonly body: any;
}

export function clientOf(url: string, token: string): Client {
  const ask: Client["ask"] = (method, path, body, type = "application/json") =>
    new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, accept: "application/json", "content-type": type };
      // The server of a test has a certificate that it made itself. A connection that was kept may be closed by it just now.
      const options = { method, headers, rejectUnauthorized: false, agent: false } as const;
      const call = request(`${url}${path}`, options, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body: parsed(text) }));
      });
      call.on("error", reject);
      call.end(body === undefined ? undefined : JSON.stringify(body));
    });
  const must = async (method: string, path: string, body?: unknown, type?: string) => {
    const answer = await ask(method, path, body, type);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  return {
    url,
    token,
    ask,
    get: async (path) => {
      const answer = await ask("GET", path);
      return answer.status === 404 ? undefined : (answer.body as KubernetesObject);
    },
    list: async (path) => (await must("GET", path)).items as KubernetesObject[],
    // JSON is YAML.
    apply: (path, object) =>
      must("PATCH", `${path}?fieldManager=a-person&force=true`, object, "application/apply-patch+yaml"),
    remove: async (path) => void (await must("DELETE", path)),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
