/** Wrong usage of the command line. It exits 2, with this text and no stack. */
export class UsageError extends Error {
  /** Says what to do, as a sentence. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.name = "UsageError";
    this.hint = hint;
  }
}
