import "server-only";
import { type Context, require } from "../access";
import { withBusiness } from "../platform/db";
import { type Change, changesBetween } from "./changes";
import * as store from "./history/store";
import { rulesWritten } from "./rules/store";
import { toProgramme } from "./schema";

/** What a version did to one rule. */
export type RuleChange = {
  readonly ruleId: bigint;
  readonly name: string;
  readonly how: "added" | "changed" | "removed";
};

/** One saved state: who saved it and when, what it changed, and when it came or comes into force. `staffName` null: set up by the system. */
export type Version = {
  readonly version: number;
  readonly createdAt: Date;
  readonly effectiveAt: Date;
  /** Taken back before it came into force. */
  readonly cancelledAt: Date | null;
  readonly staffName: string | null;
  readonly changes: readonly Change[];
  /** At most 50 of them. */
  readonly rules: readonly RuleChange[];
};

const PAGE = 20;

/** The programme's history, newest first. `before`: older than this version. */
export async function versions(
  ctx: Context,
  before: number | null = null,
): Promise<{ rows: Version[]; next: number | null }> {
  require(ctx, "programme:read");
  const { id } = ctx.business;
  const [found, written] = await withBusiness(id, async (tx) => {
    const page = await store.versionsBefore(tx, id, before, PAGE + 1);
    return [page, await rulesWritten(tx, id, page.at(-1)?.version ?? 0, page[0]?.version ?? 0)] as const;
  });
  const states = found.map((row) => ({ ...row, state: toProgramme(row.version, row.settings) }));
  const rows = states.slice(0, PAGE).map(({ state, settings: _settings, ...row }, index): Version => {
    const older = states[index + 1];
    return {
      ...row,
      changes: older ? changesBetween(older.state, state) : [],
      rules: written
        .filter((each) => each.version === row.version)
        .map(({ version: _version, ...each }) => each),
    };
  });
  return { rows, next: states.length > PAGE ? (rows.at(-1)?.version ?? null) : null };
}
