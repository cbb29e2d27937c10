import { route } from "@/lib/access";
import { listMembers } from "@/lib/members";
import { memberQuery } from "@/lib/members/schema";

/** Members by name, for who left the phone at home. A body and not an address, so that no log keeps names. */
export const POST = route(memberQuery.pick({ search: true }), async (ctx, { search }) => {
  const { rows } = await listMembers(ctx, { search, sort: "recent", limit: 12, cursor: null });
  return rows.map(({ id, name, phone, points, lastAt, blockedAt }) => ({
    id,
    name,
    phone,
    points,
    lastAt,
    isBlocked: blockedAt !== null,
  }));
});
