/** Two members become one, and two again: points, purchases, names. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import { expireDue } from "@/lib/ledger";
import {
  addTag,
  duplicates,
  duplicatesOf,
  keepApart,
  mergedInto,
  mergeMembers,
  previewMerge,
  setTags,
  undoMerge,
} from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { drain } from "@/lib/platform/outbox";
import { customer, grant, operations, record, refund } from "@/lib/sales";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { newReward, newStamps } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let nextPhone = 380_670_000_000;
const phone = () => `+${(nextPhone += 1)}`;

beforeAll(async () => {
  ctx = await newBusiness({ spendByPhone: true, maxPointsBps: 10_000 });
  await newStamps(ctx, await newReward(ctx));
});

const phones = new Map<bigint, string>();
const join = async () => {
  const own = phone();
  const id = await newMember(ctx, own);
  phones.set(id, own);
  return id;
};

const sale = (memberId: bigint, totalMinor: bigint, points: bigint) => ({
  by: { phone: phones.get(memberId) ?? null },
  receipt: { totalMinor, points, skipMinor: 0n, unredeemableMinor: 0n, cashMinor: null, number: null },
  lines: [{ itemId: null, name: "Cut", quantity: 1, amountMinor: totalMinor }],
  key: null,
  staffId: null,
  locationId: null,
  source: "desk" as const,
});
const back = (operationId: bigint, partMinor: bigint | null) =>
  ({ operationId, partMinor, key: null, staffId: null, locationId: null, source: "desk" }) as const;

/** Everything that must be as it was once a merge is taken back: lots that hold something, figures, names, whose rows are whose. */
const stateOf = async (ids: readonly bigint[]) =>
  await asOwner(
    `SELECT m.id, to_jsonb(m) AS member, to_jsonb(p) AS profile, to_jsonb(s) - 'version' AS stats,
       (SELECT jsonb_agg(to_jsonb(l) ORDER BY l.id) FROM lot l WHERE l.business_id = m.business_id AND l.member_id = m.id
          AND (l.remaining <> 0 OR l.expired <> 0)) AS lots,
       (SELECT jsonb_agg(o.id ORDER BY o.id) FROM operation o WHERE o.business_id = m.business_id AND o.member_id = m.id) AS operations,
       (SELECT jsonb_agg(to_jsonb(c)) FROM stamp_card c WHERE c.business_id = m.business_id AND c.member_id = m.id) AS stamps,
       (SELECT jsonb_agg(to_jsonb(e) ORDER BY e.id) FROM entitlement e WHERE e.business_id = m.business_id AND e.member_id = m.id) AS held,
       (SELECT jsonb_agg(t.tag_id ORDER BY t.tag_id) FROM member_tag t WHERE t.business_id = m.business_id AND t.member_id = m.id) AS tags,
       (SELECT jsonb_agg(to_jsonb(c) ORDER BY c.id) FROM member_consent c WHERE c.business_id = m.business_id AND c.member_id = m.id) AS consents
     FROM member m JOIN member_profile p ON p.business_id = m.business_id AND p.member_id = m.id
     JOIN member_stats s ON s.business_id = m.business_id AND s.member_id = m.id
     WHERE m.id = ANY ($1) ORDER BY m.id`,
    [ids.map(String)],
  );

/** A small linear congruence, so that a failure can be thrown again. */
const dice = (seed: number) => (sides: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return Math.floor((seed / 2_147_483_648) * sides);
};

/** A random life: purchases with and without points, gives, refunds in parts. Answers its purchases. */
async function live(memberIds: readonly bigint[], throwDie: (sides: number) => number, steps: number) {
  const bought: bigint[] = [];
  for (let step = 0; step < steps; step += 1) {
    const now = at(ctx, days(NOON, step * 3 + throwDie(3)));
    const memberId = memberIds[throwDie(memberIds.length)] as bigint;
    const act = throwDie(6);
    if (act === 0)
      await grant(now, {
        memberId,
        points: BigInt(1 + throwDie(90)) * 100n,
        comment: null,
        key: null,
        source: "desk",
      });
    else if (act === 1 && bought.length > 0)
      await refundSome(now, bought[throwDie(bought.length)] as bigint, throwDie);
    else {
      const total = BigInt(1_000 + throwDie(200_000));
      const held = (await customer(now, { memberId }))?.available ?? 0n;
      const points = throwDie(2) === 0 || held <= 0n ? 0n : held < total ? held / 2n : total / 2n;
      bought.push((await record(now, sale(memberId, total, points))).operationId);
    }
  }
  return bought;
}

async function refundSome(now: Context, id: bigint, throwDie: (sides: number) => number): Promise<void> {
  const [row] = await asOwner<{ left: string; state: string }>(
    "SELECT total_minor - refunded_minor AS left, state FROM operation WHERE id = $1",
    [id],
  );
  const left = BigInt(row?.left ?? 0);
  if (left <= 0n || row?.state === "canceled") return;
  await refund(now, back(id, throwDie(2) === 0 ? null : left / 2n + 1n > left ? left : left / 2n + 1n));
}

const settle = async () => await drain(handlers, () => new Date());

describe("a merge", () => {
  test("of random lives: nothing is lost, refunds of either's purchases work on, the books stay", async () => {
    for (const seed of [3, 17, 404]) {
      const throwDie = dice(seed);
      const [a, b] = [await join(), await join()];
      const bought = await live([a, b], throwDie, 18);
      const later = at(ctx, days(NOON, 70));
      const [before, other] = [
        await customer(later, { memberId: a }),
        await customer(later, { memberId: b }),
      ];
      await mergeMembers(later, { survivorId: a, loserId: b });
      const one = await customer(later, { memberId: a });
      expect(one).toMatchObject({
        visits: before!.visits + other!.visits,
        cashSpentMinor: before!.cashSpentMinor + other!.cashSpentMinor,
        savedMinor: before!.savedMinor + other!.savedMinor,
        available: before!.available + other!.available,
        pending: before!.pending + other!.pending,
      });
      // By the old number and the old phone the same card is found.
      expect((await customer(later, { memberId: b }))?.member.id).toBe(a);
      expect((await customer(later, { phone: other!.member.phone }))?.member.id).toBe(a);
      expect(await mergedInto(later, b)).toBe(a);
      for (const id of bought) await refundSome(at(ctx, days(NOON, 71 + throwDie(9))), id, throwDie);
      await expireDue(days(NOON, 2_000));
      for (const id of bought) await refundSome(at(ctx, days(NOON, 2_001)), id, throwDie);
      expect((await operations(later, { memberId: a, limit: 100 })).length).toBeGreaterThan(0);
    }
    await settle();
  });

  test("everything refunded afterwards leaves the given points alone, whoever bought", async () => {
    const [a, b] = [await join(), await join()];
    for (const memberId of [a, b])
      await grant(ctx, { memberId, points: 5_000n, comment: null, key: null, source: "desk" });
    const one = await record(ctx, sale(b, 100_000n, 4_000n));
    const two = await record(ctx, sale(a, 50_000n, 1_000n));
    await mergeMembers(ctx, { survivorId: a, loserId: b });
    await record(at(ctx, days(NOON, 1)), sale(a, 6_000n, 3_000n)).then(({ operationId }) =>
      refund(at(ctx, days(NOON, 2)), back(operationId, null)),
    );
    await refund(at(ctx, days(NOON, 2)), back(one.operationId, 30_000n));
    await refund(at(ctx, days(NOON, 3)), back(one.operationId, null));
    await refund(at(ctx, days(NOON, 3)), back(two.operationId, null));
    expect(await customer(at(ctx, days(NOON, 4)), { memberId: a })).toMatchObject({
      available: 10_000n,
      visits: 0,
      cashSpentMinor: 0n,
      savedMinor: 0n,
      fullRefunds: 3,
    });
  });

  test("taken back, restores lots, figures, names and rows exactly", async () => {
    for (const seed of [5, 311]) {
      const [a, b] = [await join(), await join()];
      await live([a, b], dice(seed), 14);
      const [tag, both] = [await addTag(ctx, `only ${seed}`), await addTag(ctx, `both ${seed}`)];
      await setTags(ctx, a, [both]);
      await setTags(ctx, b, [tag, both]);
      await say(a, "email", true);
      await say(b, "email", false);
      await settle();
      const before = await stateOf([a, b]);
      const later = at(ctx, days(NOON, 90));
      const merge = await mergeMembers(later, { survivorId: a, loserId: b });
      const [merged] = (await stateOf([a, b])) as { consents: { granted: boolean }[] }[];
      expect(merged?.consents.at(-1)?.granted).toBe(false);
      await settle();
      expect(await undoMerge(at(ctx, days(NOON, 91)), merge)).toBe(b);
      await settle();
      expect(await stateOf([a, b])).toEqual(before);
      await expect(undoMerge(later, merge)).rejects.toThrow("merge_final");
    }
  });

  test("taken back after new purchases leaves these with who stayed; after points were spent it is refused", async () => {
    const [a, b] = [await join(), await join()];
    await grant(ctx, { memberId: b, points: 5_000n, comment: null, key: null, source: "desk" });
    const first = await mergeMembers(ctx, { survivorId: a, loserId: b });
    await record(at(ctx, days(NOON, 1)), sale(a, 10_000n, 0n));
    await undoMerge(at(ctx, days(NOON, 2)), first);
    expect(await customer(at(ctx, days(NOON, 2)), { memberId: a })).toMatchObject({
      visits: 1,
      available: 500n,
    });
    expect(await customer(at(ctx, days(NOON, 2)), { memberId: b })).toMatchObject({
      visits: 0,
      available: 5_000n,
    });
    const second = await mergeMembers(at(ctx, days(NOON, 3)), { survivorId: a, loserId: b });
    await record(at(ctx, days(NOON, 4)), sale(a, 10_000n, 5_500n));
    await expect(undoMerge(at(ctx, days(NOON, 5)), second)).rejects.toThrow("merge_used");
  });

  test("of three: a chain leads to the last, and comes apart from the last", async () => {
    const [a, b, c] = [await join(), await join(), await join()];
    const bill = await record(ctx, sale(a, 100_000n, 0n));
    const first = await mergeMembers(ctx, { survivorId: b, loserId: a });
    const second = await mergeMembers(at(ctx, days(NOON, 1)), { survivorId: c, loserId: b });
    expect((await customer(ctx, { memberId: a }))?.member.id).toBe(c);
    await expect(undoMerge(ctx, first)).rejects.toThrow("merge_final");
    await undoMerge(at(ctx, days(NOON, 2)), second);
    expect((await customer(ctx, { memberId: a }))?.member.id).toBe(b);
    await mergeMembers(at(ctx, days(NOON, 3)), { survivorId: c, loserId: b });
    await refund(at(ctx, days(NOON, 4)), back(bill.operationId, null));
    expect(await customer(at(ctx, days(NOON, 4)), { memberId: c })).toMatchObject({
      available: 0n,
      visits: 0,
    });
  });

  test("knows only its own business, and two different members", async () => {
    const [a, b] = [await join(), await join()];
    const other = await newBusiness();
    await expect(mergeMembers(other, { survivorId: a, loserId: b })).rejects.toThrow("not_found");
    await expect(mergeMembers(ctx, { survivorId: a, loserId: a })).rejects.toThrow("merge_same");
    await expect(previewMerge(other, { survivorId: a, loserId: b })).rejects.toThrow("not_found");
    const merge = await mergeMembers(ctx, { survivorId: a, loserId: b });
    await expect(undoMerge(other, merge)).rejects.toThrow("not_found");
    await expect(
      withBusiness(other.business.id, (tx) =>
        tx.$queryRawUnsafe("SELECT merge_members($1, now(), 1, 2, 3, null)", ctx.business.id),
      ),
    ).rejects.toThrow("is not this transaction's");
  });
});

async function say(memberId: bigint, channel: string, granted: boolean): Promise<void> {
  await asOwner(
    `INSERT INTO member_consent (business_id, member_id, purpose, channel, id, granted, at, source)
     VALUES ($1, $2, 'marketing', $3, next_id($5), $4, $5, 'card')`,
    [ctx.business.id, memberId, channel, granted, NOON],
  );
}

test("likely duplicates: another writing of a phone, a mailbox, a name turned round with the birthday; not those kept apart", async () => {
  const own = await newBusiness();
  const make = async (change: Record<string, string | null>) => {
    const id = await newMember(own, phone());
    for (const [field, value] of Object.entries(change))
      await asOwner(`UPDATE member_profile SET ${field} = $2 WHERE member_id = $1`, [id, value]);
    return id;
  };
  const plain = await make({ phone: "+380671112233", name: "Коваленко Наталія", birth_date: "1990-05-02" });
  const byPhone = await make({ phone: "+80671112233" });
  const byName = await make({ name: "Наталия Коваленко", birth_date: "1990-05-02" });
  const mailA = await make({ email: "olha@kolo.example" });
  const mailB = await make({ email: "Olha@kolo.example" });
  const found = async () =>
    (await duplicates(own)).pairs.map(({ a, b, likeness }) => `${a.id} ${b.id} ${likeness}`).toSorted();
  expect(await found()).toEqual(
    [`${plain} ${byPhone} phone`, `${plain} ${byName} birthday`, `${mailA} ${mailB} email`].toSorted(),
  );
  expect((await duplicatesOf(own, plain)).map(({ b }) => b.id)).toEqual([byPhone, byName]);
  await keepApart(own, byName, plain);
  expect(await found()).toHaveLength(2);
});
