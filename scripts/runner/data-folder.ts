/** The folder that holds everything one installation keeps: database, secret, logs, built demo card. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Problem } from "./problem";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

const ROOM_BYTES = 64 * 1024 * 1024;

/** `.kolo`, or what KOLO_DATA says, as an absolute path; made when missing. */
export function dataFolder(): string {
  const folder = path.resolve(root, process.env.KOLO_DATA ?? ".kolo");
  // Others may pass through (the database may run as another account) but not list.
  if (mkdirSync(path.join(folder, "logs"), { recursive: true }) !== undefined) chmodSync(folder, 0o711);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize < ROOM_BYTES)
    throw new Problem(
      `Only ${Math.floor((bavail * bsize) / 1024 / 1024)} MB are free on the disk of ${folder}: free some space (1 GB is comfortable) and run the command again.`,
    );
  return folder;
}

/** A text kept in a file that only this account can read; made by `mint` the first time. */
export function keep(file: string, mint: () => string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    // "wx": two starts at once must agree on one text.
    try {
      writeFileSync(file, `${mint()}\n`, { mode: 0o600, flag: "wx" });
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
    }
    return readFileSync(file, "utf8").trim();
  }
}

/** KOLO_SECRET, or the one minted at the first start. Every other secret derives from it. */
export function secret(folder: string): string {
  return (
    process.env.KOLO_SECRET ?? keep(path.join(folder, "secret"), () => randomBytes(32).toString("base64url"))
  );
}
