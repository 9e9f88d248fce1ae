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
  /** Go variable that the linker sets, so that `--version` says what it is. */
  readonly versionVariable: string;
  /** Arguments that make the program print its version. */
  readonly versionArgs: readonly string[];
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
  versionVariable: "github.com/prometheus/common/version.Version",
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
  versionVariable: "github.com/prometheus/common/version.Version",
  versionArgs: ["--version"],
  releases: {
    "linux-x64": {
      url: "https://github.com/prometheus/alertmanager/releases/download/v0.31.1/alertmanager-0.31.1.linux-amd64.tar.gz",
      sha256: "35191cbd9d4f8162458b78dd7e93990cccd246044d9a6f788adb1c66ac3ea07b",
    },
  },
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
    versionVariable: "main.version",
    versionArgs: ["--version"],
  },
  pint: {
    version: "0.87.0",
    module: "pint",
    package: "github.com/cloudflare/pint/cmd/pint",
    versionVariable: "main.version",
    versionArgs: ["version"],
  },
  sloth: {
    version: "0.16.0",
    module: "sloth",
    package: "github.com/slok/sloth/cmd/sloth",
    versionVariable: "github.com/slok/sloth/internal/info.Version",
    versionArgs: ["version"],
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
