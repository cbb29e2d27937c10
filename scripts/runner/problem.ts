/** Something the person at the keyboard can mend: one sentence that says what is wrong and what to do about it. */
export class Problem extends Error {}

const FULL = /ENOSPC|EDQUOT|no space left on device|disk quota exceeded/i;

/** An error's own words, with those of the error behind it. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message} (${messageOf(error.cause)})`;
}

/** Turns what a tool or the system said into the sentence for a full disk, or nothing when it is something else. */
export function diskFull(said: unknown): Problem | undefined {
  return FULL.test(messageOf(said))
    ? new Problem("The disk is full: free some space (1 GB is comfortable) and run the command again.")
    : undefined;
}

/** What to print for any error: a sentence for the known, the whole stack for the unknown. */
export function explain(error: unknown): string {
  const known = error instanceof Problem ? error : diskFull(error);
  if (known) return `Kolo: ${known.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Runs a command's body; on failure prints the sentence and leaves exit code 1. */
export async function orExplain(body: () => Promise<void>): Promise<void> {
  try {
    await body();
  } catch (error) {
    console.error(`\n${explain(error)}`);
    process.exitCode = 1;
  }
}
