/** A file of a project, with what happens to one that is there already. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
  /**
   * What becomes of one that is there: `keep`: it stays. A function: it gets what is missing, or cannot be read (undefined).
   * Neither: it is in the way, and nothing is written.
   */
  readonly existing?: "keep" | ((text: string) => string | undefined);
}
