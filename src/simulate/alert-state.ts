/** One alert from evaluation to evaluation: pending, firing, kept firing, as Prometheus has it. */

/** When it fired: from one evaluation up to, and without, another; open at the end where it went on. */
export interface Fired {
  readonly from: number;
  readonly to: number | undefined;
}

export class AlertState {
  readonly spans: Fired[] = [];
  /** The last evaluation at which it fired. */
  lastFired = Number.NEGATIVE_INFINITY;
  readonly #waits: number;
  readonly #keeps: number;
  #since: number | undefined;
  #keptSince: number | undefined;
  #from: number | undefined;

  /** @param waits - `for` and `keep_firing_for`, in evaluations. */
  constructor(waits: number, keeps: number) {
    this.#waits = waits;
    this.#keeps = keeps;
  }

  get fires(): boolean {
    return this.#from !== undefined;
  }

  /** @returns Whether it fires now. */
  see(index: number, holds: boolean): boolean {
    if (holds) this.#hold(index);
    else if (this.#since !== undefined) this.#fall(index);
    if (this.fires) this.lastFired = index;
    return this.fires;
  }

  end(): void {
    if (this.#from !== undefined) this.spans.push({ from: this.#from, to: undefined });
  }

  #hold(index: number): void {
    this.#since ??= index;
    this.#keptSince = undefined;
    if (!this.fires && index - this.#since >= this.#waits) this.#from = index;
  }

  #fall(index: number): void {
    if (this.#from !== undefined && this.#keeps > 0) {
      this.#keptSince ??= index;
      if (index - this.#keptSince < this.#keeps) return;
    }
    if (this.#from !== undefined) this.spans.push({ from: this.#from, to: index });
    this.#since = undefined;
    this.#keptSince = undefined;
    this.#from = undefined;
  }
}
