/** Values that are made when they are asked for, and made again where many others were made since. */

/** Gives a function that makes the value when it is called, and keeps it for a while. */
export type Keep = <T extends object>(make: () => T) => () => T;

interface Cell {
  kept: object | undefined;
}

/** Of all the values that it makes, the last `most` are kept. Whatever makes a value must always make an equal one. */
export function keptLately(most: number): Keep {
  const filled = new Set<Cell>();
  return <T extends object>(make: () => T) => {
    const cell: { kept: T | undefined } = { kept: undefined };
    return () => cell.kept ?? fill(cell, make(), filled, most);
  };
}

function fill<T extends object>(cell: { kept: T | undefined }, value: T, filled: Set<Cell>, most: number): T {
  cell.kept = value;
  filled.add(cell as Cell);
  for (const oldest of filled) {
    if (filled.size <= most) break;
    oldest.kept = undefined;
    filled.delete(oldest);
  }
  return value;
}
