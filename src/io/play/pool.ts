/** So much at a time: what was begun goes before what was not. */

export interface Pool {
  /** Does the work when there is room. */
  readonly run: <T>(kind: Kind, work: () => Promise<T>) => Promise<T>;
}

/** `part`: of what was begun. */
type Kind = "part" | "beginning";

export function openPool(size: number): Pool {
  const waiting: Record<Kind, (() => void)[]> = { part: [], beginning: [] };
  let room = size;
  const enter = async (kind: Kind): Promise<void> => {
    if (room === 0) return new Promise((go) => waiting[kind].push(go));
    room -= 1;
  };
  const leave = (): void => {
    const next = waiting.part.shift() ?? waiting.beginning.shift();
    if (next) next();
    else room += 1;
  };
  return { run: (kind, work) => enter(kind).then(work).finally(leave) };
}
