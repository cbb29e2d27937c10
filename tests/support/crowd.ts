import type { Context } from "@/lib/access";
import { asOwner } from "./database";

/** Many members at once, with nothing but their ids. */
export async function newCrowd({ business, now }: Context, ids: readonly bigint[]): Promise<void> {
  await asOwner(
    `WITH made AS (SELECT unnest($2::bigint[]) AS id),
       m AS (INSERT INTO member (business_id, id, source, invite_code, created_at) SELECT $1, id, 'test', 'i' || id, $3 FROM made),
       p AS (INSERT INTO member_profile (business_id, member_id, search) SELECT $1, id, '' FROM made)
     INSERT INTO member_stats (business_id, member_id) SELECT $1, id FROM made`,
    [business.id, ids.map(String), now],
  );
}
