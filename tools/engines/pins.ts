/**
 * The engines that generated files are tested with: one pin each, and how it is built or downloaded.
 * A bump changes the version here, the module in `<module>/go.mod`, and the checksum of the release.
 */
import { hashOfSources } from "./hash-of-sources.ts";

/** A pinned program: built from the Go module in the folder `module`, or taken from the official release. */
export interface EnginePin {
  readonly version: string;
  /** Folder beside this file whose `go.mod` and `go.sum` pin the sources. */
  readonly module: string;
  /** Go package of the program. */
  readonly package: string;
  /** Go variables that the linker sets, so that `--version` says what it is; none where the sources say it. */
  readonly stamps: Readonly<Record<string, string>>;
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
  /** A folder of a module in the build that belongs to the program, copied beside it under the name `as`. */
  readonly folder?: { readonly module: string; readonly path: string; readonly as: string };
  /** Official release tarballs, by `process.platform`-`process.arch`. */
  readonly releases?: Readonly<Record<string, Release>>;
}

/** A tarball that holds its programs in one folder of the tarball's own name. */
export interface Release {
  readonly url: string;
  readonly sha256: string;
}

const prometheusSource = {
  version: "3.15.0",
  module: "prometheus",
  stamps: { "github.com/prometheus/common/version.Version": "3.15.0" },
  versionArgs: ["--version"],
  releases: {
    "linux-x64": {
      url: "https://github.com/prometheus/prometheus/releases/download/v3.15.0/prometheus-3.15.0.linux-amd64.tar.gz",
      sha256: "2a542df32eac02ee17b9d844fb2aa1de00dafa5476579ba8a3ba862e9d572ea0",
    },
  },
} as const;

// Later Alertmanager modules come without the web UI that the program embeds, and do not compile.
const alertmanagerSource = {
  version: "0.31.1",
  module: "alertmanager",
  stamps: { "github.com/prometheus/common/version.Version": "0.31.1" },
  versionArgs: ["--version"],
  releases: {
    "linux-x64": {
      url: "https://github.com/prometheus/alertmanager/releases/download/v0.31.1/alertmanager-0.31.1.linux-amd64.tar.gz",
      sha256: "35191cbd9d4f8162458b78dd7e93990cccd246044d9a6f788adb1c66ac3ea07b",
    },
  },
} as const;

const kubernetesSource = {
  version: "1.34.2",
  module: "kubernetes",
  // An unstamped API server answers no version, and clients then guess what it can do.
  stamps: {
    "k8s.io/component-base/version.gitVersion": "v1.34.2",
    "k8s.io/component-base/version.gitMajor": "1",
    "k8s.io/component-base/version.gitMinor": "34",
  },
  versionArgs: ["--version"],
} as const;

const operatorSource = {
  version: "0.85.0",
  module: "prometheus-operator",
  stamps: { "github.com/prometheus/common/version.Version": "0.85.0" },
  versionArgs: ["--version"],
} as const;

export const pins = {
  promtool: { ...prometheusSource, package: "github.com/prometheus/prometheus/cmd/promtool" },
  prometheus: { ...prometheusSource, package: "github.com/prometheus/prometheus/cmd/prometheus" },
  amtool: { ...alertmanagerSource, package: "github.com/prometheus/alertmanager/cmd/amtool" },
  alertmanager: { ...alertmanagerSource, package: "github.com/prometheus/alertmanager/cmd/alertmanager" },
  // Our own, on Prometheus's packages: rule files evaluated over a history.
  replay: {
    version: `1.0.0-${hashOfSources("../replay")}`,
    module: "../replay",
    package: ".",
    stamps: { "main.version": `1.0.0-${hashOfSources("../replay")}` },
    versionArgs: ["--version"],
  },
  // Our own, on the libraries that Argo CD and Flux apply with.
  "apply-as": {
    version: `1.0.0-${hashOfSources("../apply-as")}`,
    module: "../apply-as",
    package: ".",
    stamps: { "main.version": `1.0.0-${hashOfSources("../apply-as")}` },
    versionArgs: ["--version"],
  },
  pint: {
    version: "0.87.0",
    module: "pint",
    package: "github.com/cloudflare/pint/cmd/pint",
    stamps: { "main.version": "0.87.0" },
    versionArgs: ["version"],
  },
  sloth: {
    version: "0.16.0",
    module: "sloth",
    package: "github.com/slok/sloth/cmd/sloth",
    stamps: { "github.com/slok/sloth/internal/info.Version": "0.16.0" },
    versionArgs: ["version"],
  },
  pulumi: {
    version: "3.250.0",
    module: "pulumi",
    package: "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi",
    stamps: { "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version": "v3.250.0" },
    versionArgs: ["version"],
  },
  // A commit between 4.24 and 4.25: the releases are no Go modules.
  "pulumi-resource-kubernetes": {
    version: "4.25.0-dev.20260115",
    module: "pulumi-kubernetes",
    package: "firebreak/engines/pulumi-kubernetes",
    stamps: { "github.com/pulumi/pulumi-kubernetes/provider/v4/pkg/version.Version": "4.25.0-dev.20260115" },
    versionArgs: ["--version"],
    folder: {
      module: "github.com/pulumi/pulumi-kubernetes/provider/v4",
      path: "cmd/pulumi-resource-kubernetes",
      as: "schema",
    },
  },
  etcd: {
    version: "3.6.5",
    module: "etcd",
    package: "go.etcd.io/etcd/server/v3",
    stamps: {},
    versionArgs: ["--version"],
  },
  "kube-apiserver": { ...kubernetesSource, package: "k8s.io/kubernetes/cmd/kube-apiserver" },
  "kube-controller-manager": { ...kubernetesSource, package: "k8s.io/kubernetes/cmd/kube-controller-manager" },
  kubectl: {
    ...kubernetesSource,
    package: "k8s.io/kubernetes/cmd/kubectl",
    versionArgs: ["version", "--client"],
  },
  "prometheus-operator": {
    ...operatorSource,
    package: "github.com/prometheus-operator/prometheus-operator/cmd/operator",
    folder: {
      module: "github.com/prometheus-operator/prometheus-operator",
      path: "example/prometheus-operator-crd",
      as: "crds",
    },
  },
  "admission-webhook": {
    ...operatorSource,
    package: "github.com/prometheus-operator/prometheus-operator/cmd/admission-webhook",
  },
  "prometheus-config-reloader": {
    ...operatorSource,
    package: "github.com/prometheus-operator/prometheus-operator/cmd/prometheus-config-reloader",
  },
} as const satisfies Record<string, EnginePin>;

export type EngineName = keyof typeof pins;

/** What `npm run engines` provisions unless names are given; the others serve the benchmarks. */
export const defaultEngines = [
  "promtool",
  "prometheus",
  "amtool",
  "alertmanager",
  "replay",
] as const satisfies EngineName[];
