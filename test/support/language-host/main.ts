/**
 * A stand-in for `pulumi-language-nodejs`, the host that Pulumi's releases bring and that no Go module holds: with it the
 * built engine runs programs from a Pulumi.yaml, as `pulumi up` by hand does. The program itself is started by the SDK's own
 * `cmd/run`, as the real host starts it; only what passes the engine's request on is ours.
 */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const engine = process.argv.at(-1) ?? "";
const require = createRequire(import.meta.url);
// The SDK's own: two copies of gRPC do not know each other.
const ofSdk = createRequire(require.resolve("@pulumi/pulumi"));
const grpc = ofSdk("@grpc/grpc-js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb");
const language = require("@pulumi/pulumi/proto/language_pb");
const plugin = require("@pulumi/pulumi/proto/plugin_pb");
const { Empty } = ofSdk("google-protobuf/google/protobuf/empty_pb");

// biome-ignore lint/suspicious/noExplicitAny: the messages have no types that fit
type Call = { readonly request: any; readonly end: () => void };
type Callback = (error: unknown, answer: unknown) => void;

const server = new grpc.Server();
server.addService(LanguageRuntimeService, {
  handshake: (_call: Call, done: Callback) => done(null, new language.LanguageHandshakeResponse()),
  getPluginInfo: (_call: Call, done: Callback) => done(null, new plugin.PluginInfo()),
  getRequiredPlugins: (_call: Call, done: Callback) => done(null, new language.GetRequiredPluginsResponse()),
  getRequiredPackages: (_call: Call, done: Callback) => done(null, new language.GetRequiredPackagesResponse()),
  about: (_call: Call, done: Callback) => done(null, new language.AboutResponse()),
  getProgramDependencies: (_call: Call, done: Callback) => done(null, new language.GetProgramDependenciesResponse()),
  cancel: (_call: Call, done: Callback) => done(null, new Empty()),
  run: (call: Call, done: Callback) =>
    void run(call.request).then(
      (answer) => done(null, answer),
      (error) => done(error, null),
    ),
});
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error: unknown, port: number) => {
  if (error) throw error;
  process.stdout.write(`${port}\n`);
});

const BAIL = 32;

// biome-ignore lint/suspicious/noExplicitAny: see above
async function run(request: any): Promise<unknown> {
  const info = request.getInfo();
  const { typescript = true } = info.getOptions()?.toJavaScript() ?? {};
  // The SDK of the program, not of this host.
  const sdk = createRequire(join(info.getProgramDirectory(), "program.js")).resolve("@pulumi/pulumi/cmd/run");
  const args = [
    sdk,
    ["--monitor", request.getMonitorAddress()],
    ["--engine", engine],
    ["--project", request.getProject()],
    ["--stack", request.getStack()],
    ["--organization", request.getOrganization()],
    ["--pwd", info.getProgramDirectory()],
    ["--root-directory", info.getRootDirectory()],
    ["--parallel", String(request.getParallel())],
    request.getDryrun() ? ["--dry-run"] : [],
    info.getEntryPoint(),
  ].flat();
  const child = spawn(process.execPath, args, {
    cwd: info.getProgramDirectory(),
    stdio: ["ignore", 2, 2],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().toArray())),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      PULUMI_NODEJS_TYPESCRIPT: String(typescript),
    },
  });
  const code = await new Promise<number | null>((resolve) => child.once("exit", resolve));
  const answer = new language.RunResponse();
  if (code === BAIL) answer.setBail(true);
  else if (code !== 0) answer.setError(`the program ended with ${code}`);
  return answer;
}
