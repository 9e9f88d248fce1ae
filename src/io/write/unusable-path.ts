/** A path that the user gave and that cannot be used: no such file, or not writable. The command line exits 2. */
export class UnusablePath extends Error {
  /** Says what to do, as a sentence. */
  readonly hint: string;

  constructor(message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.name = "UnusablePath";
    this.hint = hint;
  }
}

/** The operating system's word for what went wrong, such as `EACCES`, or undefined where it is not such an error. */
export function systemCode(error: unknown): string | undefined {
  return error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : undefined;
}
