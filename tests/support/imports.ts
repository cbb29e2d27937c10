/** Files brought in through the verbs, as the screen does it. */
import type { Context } from "@/lib/access";
import * as integrations from "@/lib/integrations";
import type { Kind, Mapping, Run } from "@/lib/integrations/model";
import { asOwner } from "./database";

const PIECE = 100_000;

/** Brings a file in as the screen does: in pieces, mapped as guessed (or as told), read; and posted where it has no fault. */
export async function bring(
  ctx: Context,
  kind: Kind,
  file: string | Buffer,
  change: Partial<Mapping> = {},
): Promise<bigint> {
  const bytes = Buffer.from(file);
  const id = await integrations.beginImport(ctx, { kind, fileName: "file.csv", bytes: bytes.length });
  for (let no = 0; no * PIECE < bytes.length; no += 1)
    await integrations.addPiece(ctx, id, no, new Uint8Array(bytes.subarray(no * PIECE, (no + 1) * PIECE)));
  await integrations.completeFile(ctx, id);
  const { state, report } = await integrations.findImport(ctx, id);
  if (state !== "mapping" || !report.guess) return id;
  await integrations.checkImport(ctx, id, { ...report.guess, ...change });
  await integrations.runImport(ctx, id);
  return id;
}
export async function post(ctx: Context, id: bigint): Promise<Run> {
  await integrations.postImport(ctx, id);
  await integrations.runImport(ctx, id);
  return await integrations.findImport(ctx, id);
}
export const one = async (sql: string, ctx: Context) =>
  Number((await asOwner<{ n: string }>(sql, [String(ctx.business.id)]))[0]?.n);
export const members = (ctx: Context) => one("SELECT count(*) AS n FROM member WHERE business_id = $1", ctx);
export const purchases = (ctx: Context) =>
  one("SELECT count(*) AS n FROM operation WHERE business_id = $1 AND kind = 'purchase'", ctx);
