/** A code made for one member goes where the member goes: into the card that stays, back out of it, and away with who is erased. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { eraseMember, mergeMembers, undoMerge } from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { asOwner } from "@/tests/support/database";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";
import { giftCode, personalCodes, redeemPromo, savePromo } from "..";

process.env.KOLO_DATA = mkdtempSync(path.join(tmpdir(), "kolo-codes-"));

const PROMO = {
  id: null,
  name: "Come back",
  kind: "unique",
  code: null,
  brings: { kind: "points", points: 2_500n, days: 3 },
  limitTotal: null,
  limitPerMember: 3,
  onlyNew: false,
  startsOn: null,
  endsOn: null,
} as const;

const give = async (ctx: Context, promoId: bigint, memberId: bigint, key: string) =>
  (await withBusiness(ctx.business.id, (tx) => giftCode(tx, ctx, { memberId, promoId, key, days: null })))
    .code;
const codes = async (ctx: Context, memberId: bigint) =>
  (await personalCodes(ctx, memberId)).map(({ code }) => code);

test("merged, taken back, used and erased", async () => {
  const ctx = await newBusiness({ welcome: null });
  const promoId = await savePromo(ctx, PROMO);
  const [stays, goes] = [await newMember(ctx, "+380671110001"), await newMember(ctx, "+380671110002")];
  const own = await give(ctx, promoId, stays, "own");
  const brought = await give(ctx, promoId, goes, "brought");

  const merge = await mergeMembers(ctx, { survivorId: stays, loserId: goes });
  expect((await codes(ctx, stays)).toSorted()).toEqual([own, brought].toSorted());
  await undoMerge(at(ctx, days(NOON, 1)), merge);
  expect(await codes(ctx, stays)).toEqual([own]);
  expect(await codes(ctx, goes)).toEqual([brought]);

  const again = await mergeMembers(at(ctx, days(NOON, 2)), { survivorId: stays, loserId: goes });
  const later = at(ctx, days(NOON, 3));
  await redeemPromo(later, { memberId: stays, code: brought, key: null });
  await expect(undoMerge(later, again)).rejects.toThrow("merge_used");

  await eraseMember(later, stays);
  expect(
    await asOwner("SELECT code FROM promo_code WHERE promo_id = $1 AND used_at IS NULL", [promoId]),
  ).toEqual([]);
  expect(await asOwner("SELECT code FROM promo_code WHERE promo_id = $1", [promoId])).toEqual([
    { code: brought },
  ]);
});
