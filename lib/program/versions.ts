import "server-only";
import { type Context, require } from "../access";
import { withBusiness } from "../platform/db";
import { type Change, changesBetween } from "./changes";
import { toProgramme } from "./schema";
import * as store from "./store";

/** One saved state: who put it in force and when, and what it changed. `staffName` null: set up by the system. */
export type Version = {
  readonly version: number;
  readonly createdAt: Date;
  readonly staffName: string | null;
  readonly changes: readonly Change[];
};

const PAGE = 20;

/** The programme's history, newest first. `before`: older than this version. */
export async function versions(
  ctx: Context,
  before: number | null = null,
): Promise<{ rows: Version[]; next: number | null }> {
  require(ctx, "programme:read");
  const found = await withBusiness(ctx.business.id, (tx) =>
    store.versionsBefore(tx, ctx.business.id, before, PAGE + 1),
  );
  const states = found.map((row) => ({ ...row, state: toProgramme(row.version, row.settings) }));
  const rows = states.slice(0, PAGE).map(({ version, createdAt, staffName, state }, index) => {
    const older = states[index + 1];
    return { version, createdAt, staffName, changes: older ? changesBetween(older.state, state) : [] };
  });
  return { rows, next: states.length > PAGE ? (rows.at(-1)?.version ?? null) : null };
}
