/** Whether something built still matches what it was built from: a hash of the sources, kept beside the result. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { root } from "./data-folder";

/** One hash over files and folders of the repository; tests and generated code do not count. */
export function hashOf(sources: readonly string[]): string {
  const hash = createHash("sha256");
  for (const file of sources.flatMap(filesUnder).sort()) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(path.join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

function filesUnder(source: string): string[] {
  const place = path.join(root, source);
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [source];
  return readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes("/generated/"));
}

/** Runs `make` unless the stamp says that it ran on these very sources. */
export async function unlessFresh(stampFile: string, sources: readonly string[], make: () => Promise<void>) {
  await unlessStamped(stampFile, hashOf(sources), make);
}

/** The same for what depends only on which files there are; `made` is false when the result is missing. */
export async function unlessFreshNames(
  stampFile: string,
  sources: readonly string[],
  made: boolean,
  make: () => Promise<void>,
) {
  const names = sources.flatMap(filesUnder).sort().join("\n");
  await unlessStamped(stampFile, made ? names : "", make, names);
}

async function unlessStamped(stampFile: string, stamp: string, make: () => Promise<void>, next = stamp) {
  const file = path.join(root, stampFile);
  if (existsSync(file) && readFileSync(file, "utf8") === stamp) return;
  await make();
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, next);
}
