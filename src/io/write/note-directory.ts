/** The working directory is the user's: declarations may change it while they load or are read, and paths mean the same before and after. */

/** Notes it, and gives what goes back to it. */
export function noteDirectory(): () => void {
  const directory = process.cwd();
  return () => process.chdir(directory);
}
