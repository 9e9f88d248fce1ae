/** Shares of a budget at which alerts fire: each makes an alert, so two of them have to differ by something that one can read. */

export const SHARES_HINT = "Give every share once; they must differ by at least a tenth of a percent.";

interface SameShare {
  readonly index: number;
  readonly share: number;
  /** The one before it that is the same. */
  readonly other: number;
}

/** Every share that is the same as one before it, to a tenth of a percent: 1/3 and 0.333 are. */
export function sameShares(shares: readonly number[]): SameShare[] {
  const tenths = shares.map((share) => Math.round(share * 1000));
  return shares.flatMap((share, index) => {
    const first = tenths.indexOf(tenths[index] ?? 0);
    return first === index ? [] : [{ index, share, other: shares[first] ?? share }];
  });
}
