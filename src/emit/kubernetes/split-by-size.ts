/** Splits what is too large for one object, in order, so that a change moves as little as it can. */

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Consecutive items whose sizes add up to at most `limit`; an item over it is alone. */
export function splitBySize<Item>(items: readonly Item[], size: (item: Item) => number, limit: number): Item[][] {
  const packs: Item[][] = [];
  let room = 0;
  for (const item of items) {
    const last = packs.at(-1);
    room -= size(item);
    if (last !== undefined && room >= 0) last.push(item);
    else {
      packs.push([item]);
      room = limit - size(item);
    }
  }
  return packs;
}

/** Nothing for the first part, `.2` for the second. */
export function partSuffix(index: number): string {
  return index === 0 ? "" : `.${index + 1}`;
}
