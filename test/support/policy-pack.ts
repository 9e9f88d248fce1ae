/** The policy pack under test: run as the engine runs it, and asked over gRPC as the engine asks it. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const PACK = fileURLToPath(new URL("../../policy", import.meta.url));

export interface Policies {
  /** Names of all policies. */
  readonly names: readonly string[];
  /** `policy: message` of each violation of a resource. */
  analyze(type: string, properties: object): Promise<string[]>;
  stop(): void;
}

/** Starts the pack. @param config - Of policies, by their name. @param pack - The folder that it is in. */
export async function startPolicies(
  config: Readonly<Record<string, object>> = {},
  pack: string = PACK,
): Promise<Policies> {
  const child = spawn(process.execPath, [require.resolve("@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", "."], {
    cwd: pack,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, PULUMI_NODEJS_TYPESCRIPT: "false" },
  });
  process.once("exit", () => child.kill());
  const [port] = (await once(child.stdout, "data")) as [Buffer];
  const client = connect(Number(port.toString().trim()));
  const { policiesList } = await client.info();
  if (Object.keys(config).length > 0) await client.configure(config);
  return {
    names: policiesList.map(({ name }) => name),
    analyze: async (type, properties) => {
      const { diagnosticsList } = await client.analyze(type, properties);
      return diagnosticsList.map(({ policyname, message }) => `${policyname}: ${message}`);
    },
    stop: () => void child.kill(),
  };
}

interface Info {
  readonly policiesList: readonly { readonly name: string }[];
}

interface Analysis {
  readonly diagnosticsList: readonly { readonly policyname: string; readonly message: string }[];
}

/** The engine's own protocol; its types are not published. */
function connect(port: number) {
  // The SDK's own: two copies of gRPC do not know each other.
  const ofSdk = createRequire(require.resolve("@pulumi/pulumi"));
  const grpc = ofSdk("@grpc/grpc-js");
  const { AnalyzerClient } = require("@pulumi/pulumi/proto/analyzer_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/analyzer_pb");
  const { Struct } = ofSdk("google-protobuf/google/protobuf/struct_pb");
  const { Empty } = ofSdk("google-protobuf/google/protobuf/empty_pb");
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), {
    "grpc.max_receive_message_length": 64 * 1024 * 1024,
  });
  const ask = <Answer>(method: string, request: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      client[method](request, (error: unknown, answer: { toObject(): Answer }) =>
        error ? reject(error) : resolve(answer.toObject()),
      );
    });
  return {
    info: () => ask<Info>("getAnalyzerInfo", new Empty()),
    analyze: (type: string, properties: object) => {
      const request = new messages.AnalyzeRequest();
      request.setType(type);
      request.setName("resource");
      request.setUrn(`urn:pulumi:test::project::${type}::resource`);
      request.setProperties(Struct.fromJavaScript(properties));
      request.setOptions(new messages.AnalyzerResourceOptions());
      return ask<Analysis>("analyze", request);
    },
    configure: (config: Readonly<Record<string, object>>) => {
      const request = new messages.ConfigureAnalyzerRequest();
      for (const [policy, properties] of Object.entries(config)) {
        const one = new messages.PolicyConfig();
        one.setProperties(Struct.fromJavaScript(properties));
        request.getPolicyconfigMap().set(policy, one);
      }
      return ask("configure", request);
    },
  };
}
