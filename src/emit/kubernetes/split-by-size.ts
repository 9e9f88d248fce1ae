/** Splits what is too large for one object, so that what is added moves nothing from one object to another. */

/**
 * Bytes of the largest text or list in an object. Client-side apply and Argo CD keep an object a second time, in an
 * annotation, and Kubernetes takes 262,144 bytes of annotations: names, labels and quotes need the rest.
 */
const LARGEST = 200 * 1024;

/** Bytes of a text in UTF-8. */
export function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** Bytes of a value in an object, as that is sent and stored. */
export function bytesInObject(value: unknown): number {
  return bytesOf(JSON.stringify(value));
}

/** Some of the items, in their order. */
export interface Part<Item> {
  /** Nothing where all fit into one object, and for one of several. */
  readonly suffix: string;
  readonly items: readonly Item[];
}

interface Measure<Item> {
  /** What an item is called: this alone decides where it goes. */
  readonly name: (item: Item) => string;
  readonly size: (item: Item) => number;
  /** Default `LARGEST`. */
  readonly limit?: number;
}

/**
 * Items in parts of at most `limit`; an item over it is alone. A part that is full becomes two, by the next bit of the hash
 * of each name: so an item that is added changes one part, and no other.
 */
export function splitBySize<Item>(items: readonly Item[], measure: Measure<Item>): Part<Item>[] {
  return split(items, measure, "");
}

/** A hash has so many bits; names that share them all stay together. */
const BITS = 32;

function split<Item>(items: readonly Item[], measure: Measure<Item>, bits: string): Part<Item>[] {
  const bytes = items.reduce((sum, item) => sum + measure.size(item), 0);
  if (items.length === 0) return [];
  if (bytes <= (measure.limit ?? LARGEST) || items.length === 1 || bits.length === BITS)
    return [{ suffix: suffixOf(bits), items }];
  return ["0", "1"].flatMap((bit) => {
    const under = items.filter((item) => bitOf(measure.name(item), bits.length) === bit);
    return split(under, measure, bits + bit);
  });
}

/** The half whose bit is 0 keeps the name, so that a split makes one new object. No two parts have the same one. */
function suffixOf(bits: string): string {
  const significant = bits.replace(/0+$/, "");
  return significant === "" ? "" : `.${significant}`;
}

function bitOf(name: string, place: number): string {
  return String((hashOf(name) >>> (BITS - 1 - place)) & 1);
}

/** FNV-1a, and a last step that spreads what differs at the end of a name over all bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(name)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
