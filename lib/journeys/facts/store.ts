import "server-only";
import { callIn, type Tx } from "../../platform/db";
import type { Reached } from "../../tiers/model";
import type { Run } from "../runs/store";
import type { Facts } from "./model";

export type Known = Omit<Facts, "trigger" | "opened" | "clicked" | "segments" | "toNextTier"> & {
  isBlocked: boolean;
  reached: Reached;
};

/** What is known of members, those who are gone left out. */
export async function factsOf(
  tx: Tx,
  businessId: bigint,
  memberIds: readonly bigint[],
): Promise<Map<bigint, Known>> {
  const rows = await callIn<{
    id: bigint;
    joined_at: Date;
    blocked: boolean;
    visits: number;
    spent: bigint;
    points: bigint;
    tier_id: string;
    last_at: Date | null;
    birth_date: string | null;
    gender: string | null;
    tags: string[];
    invited: number;
    window_cash: bigint | null;
    window_visits: number | null;
    window_invited: number | null;
  }>(
    tx,
    `SELECT m.id, m.created_at AS joined_at, m.blocked_at IS NOT NULL AS blocked, s.visits, s.cash_spent_minor AS spent, s.points,
       s.tier_id, s.last_at, p.birth_date::text AS birth_date, p.gender, s.effective_invited_count AS invited,
       g.cash_minor AS window_cash, g.visits AS window_visits, g.invited AS window_invited,
       ARRAY(SELECT t.tag_id::text FROM member_tag t WHERE t.business_id = $1::bigint AND t.member_id = m.id) AS tags
     FROM unnest($2::bigint[]) AS w(id)
     JOIN member m ON m.business_id = $1::bigint AND m.id = w.id
     JOIN member_stats s ON s.business_id = $1::bigint AND s.member_id = w.id
     LEFT JOIN member_standing g ON g.business_id = $1::bigint AND g.member_id = w.id
     LEFT JOIN member_profile p ON p.business_id = $1::bigint AND p.member_id = w.id`,
    [businessId, memberIds],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        visits: row.visits,
        spent: Number(row.spent),
        points: Number(row.points),
        tierId: row.tier_id,
        joinedAt: row.joined_at,
        lastVisitAt: row.last_at,
        birthDate: row.birth_date,
        gender: row.gender,
        tags: row.tags,
        isBlocked: row.blocked,
        reached: {
          tierId: row.tier_id,
          totals: { cashSpentMinor: row.spent, visits: row.visits, effectiveInvited: row.invited },
          counted:
            row.window_cash === null
              ? null
              : {
                  cashSpentMinor: row.window_cash,
                  visits: row.window_visits ?? 0,
                  effectiveInvited: row.window_invited ?? 0,
                },
        },
      },
    ]),
  );
}

/** Which of a journey's messages members opened and clicked since they entered. */
export async function readOf(
  tx: Tx,
  journey: { businessId: bigint; id: bigint },
  runs: readonly Run[],
): Promise<Map<bigint, { opened: string[]; clicked: string[] }>> {
  const rows = await callIn<{ run_id: bigint; opened: string[]; clicked: string[] }>(
    tx,
    `SELECT w.run_id, coalesce(array_agg(m.source_step) FILTER (WHERE m.opened_at IS NOT NULL OR m.clicked_at IS NOT NULL), '{}') AS opened,
       coalesce(array_agg(m.source_step) FILTER (WHERE m.clicked_at IS NOT NULL), '{}') AS clicked
     FROM unnest($2::bigint[], $3::bigint[], $4::timestamptz[]) AS w(run_id, member_id, entered_at)
     JOIN message m ON m.business_id = $1::bigint AND m.member_id = w.member_id AND m.source_id = $5 AND m.created_at >= w.entered_at
     GROUP BY w.run_id`,
    [
      journey.businessId,
      runs.map((run) => run.id),
      runs.map((run) => run.memberId),
      runs.map((run) => run.enteredAt),
      journey.id.toString(),
    ],
  );
  return new Map(rows.map((row) => [row.run_id, row]));
}
