/** The order of test files with engines: some mostly wait for servers, others compute, and together they use every processor. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

export class Interleaved extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return interleave(await super.sort(files));
  }
}

/** One that waits, one that computes, and so on; of each sort the longest first, the others in the order given. */
export function interleave<File extends TestFile>(files: readonly File[]): File[] {
  const sorted = files.toSorted((a, b) => rankOf(a) - rankOf(b));
  const [waiting, computing] = [sorted.filter(isWaiting), sorted.filter((file) => !isWaiting(file))];
  return sorted.flatMap((_, index) => [...waiting.slice(index, index + 1), ...computing.slice(index, index + 1)]);
}

type TestFile = Pick<TestSpecification, "moduleId">;

/**
 * Files that take more than half a minute, with or without remembered answers, by how long. Vitest knows only of its last
 * run on the same machine, and without one goes by the size of a file: what is long and starts last is waited for alone.
 */
export const LONGEST: readonly string[] = [
  "test/live/scenarios.test.ts",
  "test/pulumi/cluster.test.ts",
  "test/live/one-outage.test.ts",
  "test/properties/fuzz.test.ts",
  "test/live/dead-targets.test.ts",
  "test/pulumi/kube-prometheus-stack.test.ts",
  "test/prove/generated.test.ts",
  "test/generated.test.ts",
  "test/live/slow-scrapes.test.ts",
  "test/live/remote-ruler.test.ts",
  "test/oracle/order.test.ts",
  "test/emit/grafana/live-queries.test.ts",
  "test/pulumi/clusters.test.ts",
  "test/pulumi/gitops.test.ts",
  "test/live/end-to-end.test.ts",
  "test/live/presets.test.ts",
  "test/live/ha-pair.test.ts",
  "test/compile/slo/alerts/absence.test.ts",
  "test/prove/spend/proofs.test.ts",
  "test/pulumi/kubectl.test.ts",
  "test/pulumi/operator.test.ts",
  "test/init/propose.test.ts",
  "test/pulumi/files.test.ts",
  "test/live/rules-load.test.ts",
  "test/pack/pack.test.ts",
  "test/simulate/agreement-of-kinds.test.ts",
  "test/pulumi/command-line.test.ts",
  "test/live/budget-thresholds.test.ts",
  "test/presets/proofs.test.ts",
  "test/oracle/replay.test.ts",
  "test/docs/upgrade.test.ts",
  "test/emit/alertmanager/message-texts.test.ts",
  "test/pulumi/formerly.test.ts",
  "test/io/play/agreement.test.ts",
  "test/oracle/spend-order.test.ts",
];

function rankOf({ moduleId }: TestFile): number {
  const rank = LONGEST.findIndex((file) => moduleId.endsWith(`/${file}`));
  return rank === -1 ? LONGEST.length : rank;
}

function isWaiting({ moduleId }: TestFile): boolean {
  return /\/test\/(live|pulumi)\//.test(moduleId);
}
