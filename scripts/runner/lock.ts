/** One Kolo per data folder: a lock file that names its holder and goes stale by itself when the holder dies. */
import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as z from "zod";
import { Problem } from "./problem";
import { birthMark } from "./processes";

const Holder = z.object({ pid: z.number(), born: z.string(), doing: z.string() });
export type Holder = z.output<typeof Holder>;

/** Who holds the lock now; a holder that died without letting go (kill -9, power cut) does not count. */
export function holder(file: string): Holder | undefined {
  try {
    const found = Holder.parse(JSON.parse(readFileSync(file, "utf8")));
    return birthMark(found.pid) === found.born ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Takes the lock and gives back how to let go of it. Refuses with a sentence that names the holder. */
export function takeLock(file: string, doing: string): () => void {
  const mine: Holder = { pid: process.pid, born: birthMark(process.pid) ?? "", doing };
  const written = `${file}.${process.pid}`;
  writeFileSync(written, JSON.stringify(mine));
  try {
    for (let attempt = 0; attempt < 3; attempt++) {
      const other = holder(file);
      if (other) throw alreadyRunning(file, other);
      rmSync(file, { force: true });
      // A link appears with its content or not at all, and only for one of two who try.
      if (tryLink(written, file)) return () => rmSync(file, { force: true });
    }
    throw new Problem("Another start is going on with the same data: wait a moment and try again.");
  } finally {
    rmSync(written, { force: true });
  }
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function alreadyRunning(file: string, { pid, doing }: Holder): Problem {
  const folder = file.slice(0, file.lastIndexOf("/"));
  return new Problem(
    `Kolo is already running on the data in ${folder} (${doing}, process ${pid}): stop that one first (Ctrl-C in its window, or \`kill ${pid}\`), or choose another folder with KOLO_DATA.`,
  );
}
