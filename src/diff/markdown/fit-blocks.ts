/** Text within a limit: what matters least is left out first, and it is said what that was. */

export interface Block {
  readonly text: string;
  /** 0 is never left out while anything else can be. */
  readonly rank: number;
  /** What it is, for when it is left out: `details of changes`. */
  readonly noun: string;
}

export interface Fitted {
  /** In the order that they were given in. */
  readonly kept: ReadonlySet<Block>;
  /** Each noun with how many of it there are no more. */
  readonly left: ReadonlyMap<string, number>;
}

/** Keeps the blocks of the lowest ranks, in their order, as far as `limit` characters go. */
export function fitBlocks(blocks: readonly Block[], limit: number): Fitted {
  const kept = new Set<Block>();
  const left = new Map<string, number>();
  let room = limit;
  for (const block of blocks.toSorted((a, b) => a.rank - b.rank)) {
    if (block.text.length <= room) {
      kept.add(block);
      room -= block.text.length;
    } else left.set(block.noun, (left.get(block.noun) ?? 0) + 1);
  }
  return { kept, left };
}
