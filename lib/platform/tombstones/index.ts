import "server-only";
/**
 * Who was erased, kept beside the database: a backup that is brought back knows nothing of those who were erased after it was made.
 *
 * Shape: one line an erased member in `erased.log` of the data folder: business, member, instant. Numbers only.
 */
import { appendFile, mkdir, readFile } from "node:fs/promises";
import { env } from "../env";

export type Tombstone = { readonly businessId: bigint; readonly memberId: bigint; readonly at: Date };

const file = () => `${env().KOLO_DATA}/erased.log`;
const LINE = /^(\d{1,16}) (\d{1,16}) (\S+)$/;

/** Adds tombstones to the file. */
export async function keepTombstones(tombstones: readonly Tombstone[]): Promise<void> {
  if (tombstones.length === 0) return;
  await mkdir(env().KOLO_DATA, { recursive: true });
  const lines = tombstones.map(
    ({ businessId, memberId, at }) => `${businessId} ${memberId} ${at.toISOString()}\n`,
  );
  await appendFile(file(), lines.join(""), { mode: 0o600 });
}

/** All tombstones in the file; none where there is no file yet. Lines that are none are passed over. */
export async function keptTombstones(): Promise<Tombstone[]> {
  const text = await readFile(file(), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
  return text.split("\n").flatMap((line) => {
    const [, business, member, at] = LINE.exec(line) ?? [];
    if (business === undefined || member === undefined || at === undefined) return [];
    return [{ businessId: BigInt(business), memberId: BigInt(member), at: new Date(at) }];
  });
}
