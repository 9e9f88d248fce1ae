/** The order of test files with engines: some mostly wait for servers, others compute, and together they use every processor. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** One that waits, one that computes, and so on; each sort in Vitest's own order. */
export class Interleaved extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const [waiting, computing] = [sorted.filter(isWaiting), sorted.filter((file) => !isWaiting(file))];
    return sorted.flatMap((_, index) => [...waiting.slice(index, index + 1), ...computing.slice(index, index + 1)]);
  }
}

function isWaiting({ moduleId }: TestSpecification): boolean {
  return /\/test\/(live|pulumi)\//.test(moduleId);
}
