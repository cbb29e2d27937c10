/** A merge of members who hold everything a member can: nothing is lost, nothing doubled, and taken back it is all as it was. */
import { beforeEach, expect, test } from "vitest";
import type { Context } from "@/lib/access";
import {
  addNote,
  customValuesOf,
  editHousehold,
  joinHousehold,
  mergeMembers,
  saveCustomField,
  setCustomValues,
  undoMerge,
} from "@/lib/members";
import { withBusiness } from "@/lib/platform/db";
import { drain } from "@/lib/platform/outbox";
import {
  certificatesOf,
  entitlements,
  giftCode,
  giveReward,
  makeCodes,
  personalCodes,
  redeemPromo,
  savePromo,
  sellCertificate,
} from "@/lib/program";
import { NO_REFERRALS } from "@/lib/program/schema";
import { friendsOf } from "@/lib/referrals";
import { confirmEarned, customer } from "@/lib/sales";
import { handlers } from "@/lib/wiring";
import { asOwner } from "@/tests/support/database";
import { buy, newReward, newStamps } from "@/tests/support/rewards";
import { at, days, NOON, newBusiness, newMember } from "@/tests/support/world";

let ctx: Context;
let nextPhone = 380_675_000_000;
const join = async (inviterId: bigint | null = null) =>
  await newMember(ctx, `+${(nextPhone += 1)}`, inviterId);
const settle = async (now = NOON) => await drain(handlers, () => now);

beforeEach(async () => {
  ctx = await newBusiness({
    welcome: null,
    confirmEarned: true,
    pendingDays: 9,
    referral: {
      ...NO_REFERRALS,
      levels: [
        { on: true, rateBps: 1_000 },
        { on: false, rateBps: 0 },
        { on: false, rateBps: 0 },
      ],
    },
  });
});

/** Moves of a merge, what is counted anew, and the trail itself are no state. */
const MOVES = [
  "transfer",
  "audit",
  "outbox",
  "member_merge",
  "member_merge_row",
  "member_insight",
  "member_rhythm",
];

/** Every row of the business in every table, but for empty lots and how often somebody was written. */
async function everything(): Promise<string[]> {
  const tables = await asOwner<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'business_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL ($1)`,
    [MOVES],
  );
  const rows: string[] = [];
  for (const { name } of tables)
    for (const { row } of await asOwner<{ row: Record<string, unknown> }>(
      `SELECT to_jsonb(x) - 'version' AS row FROM ${name} x WHERE business_id = $1`,
      [ctx.business.id],
    ))
      if (name !== "lot" || row.remaining !== 0 || row.expired !== 0)
        rows.push(`${name} ${JSON.stringify(row)}`);
  return rows.toSorted();
}

async function run(memberId: bigint, journeyId: number, state: string, no = 1): Promise<void> {
  await asOwner(
    `INSERT INTO journey (business_id, id, kind, name, state, draft, created_at) VALUES ($1, $2, 'journey', 'J', 'paused', '{}', $3)
     ON CONFLICT DO NOTHING`,
    [ctx.business.id, journeyId, NOON],
  );
  await asOwner(
    `INSERT INTO journey_run (business_id, id, journey_id, member_id, no, version, state, step, due_at, entered_at, moved_at)
     VALUES ($1, next_id($6), $2, $3, $4, 1, $5, 'wait', $7, $6, $6)`,
    [ctx.business.id, journeyId, memberId, no, state, NOON, state === "active" ? days(NOON, 5) : null],
  );
}
const runs = async (memberId: bigint) =>
  (
    await asOwner<{ journey_id: string; no: number; state: string }>(
      "SELECT journey_id, no, state FROM journey_run WHERE member_id = $1 ORDER BY journey_id, no",
      [memberId],
    )
  ).map(({ journey_id, no, state }) => `${journey_id} ${no} ${state}`);

async function codeFor(memberId: bigint): Promise<string> {
  const promo = {
    name: "Come",
    kind: "unique",
    code: null,
    brings: { kind: "points", points: 700n, days: 3 },
  };
  const limits = { limitTotal: null, limitPerMember: 1, onlyNew: false, startsOn: null, endsOn: null };
  const promoId = await savePromo(ctx, { id: null, ...promo, ...limits } as Parameters<typeof savePromo>[1]);
  await makeCodes(ctx, promoId, 1);
  const gift = { promoId, memberId, key: `k${memberId}`, days: 30 };
  const { code } = await withBusiness(ctx.business.id, (tx) => giftCode(tx, ctx, gift));
  return code;
}

/** Ann, who stays, and Bea, who goes: each with something of everything. */
async function lives() {
  const inviter = await join();
  const ann = await join();
  const bea = await join(inviter);
  const friend = await join(bea);
  const rewardId = await newReward(ctx, { uses: 5, name: "Package" });
  await newStamps(ctx, rewardId);
  const milk = await saveCustomField(ctx, { id: null, name: "Milk", kind: "text", options: [] });
  const size = await saveCustomField(ctx, { id: null, name: "Size", kind: "number", options: [] });
  await setCustomValues(ctx, { memberId: ann, values: [{ fieldId: milk, value: "oat" }] });
  await setCustomValues(ctx, {
    memberId: bea,
    values: [
      { fieldId: milk, value: "soy" },
      { fieldId: size, value: 42 },
    ],
  });
  const staff: Context = { ...ctx, actor: { kind: "staff", id: 1n, role: "owner", name: "Boss" } };
  for (const memberId of [ann, bea]) {
    await addNote(staff, memberId, "likes tea");
    await giveReward(ctx, { memberId, rewardId, comment: null, validDays: null, key: null });
    await sellCertificate(
      ctx,
      { amountMinor: 50_000n, memberId, greeting: null, validDays: null },
      `c${memberId}`,
    );
    await asOwner("INSERT INTO card_install VALUES ($1, $2, $3)", [ctx.business.id, memberId, NOON]);
    await asOwner(
      `INSERT INTO segment_stay (business_id, member_id, id, segment_id, entered_at, left_at) VALUES ($1, $2, next_id($3), 5, $3, $3)`,
      [ctx.business.id, memberId, NOON],
    );
  }
  await joinHousehold(staff, { memberId: bea, otherId: friend, name: "Home" });
  await editHousehold(staff, { memberId: bea, name: "Home", payerId: bea });
  const code = await codeFor(bea);
  await buy(ctx, ann, 30_000n);
  const waiting = await buy(ctx, bea, 100_000n);
  // What a friend's purchase brings lies with Bea.
  const brought = await buy(ctx, friend, 200_000n);
  await confirmEarned(ctx, brought.operationId);
  for (const [journey, state] of [
    [71, "active"],
    [72, "done"],
  ] as const)
    await run(ann, journey, state);
  for (const journey of [71, 72, 73]) await run(bea, journey, "active");
  await run(bea, 72, "done", 2);
  await settle();
  return { inviter, ann, bea, friend, milk, size, code, waiting: waiting.operationId };
}

test("of two who hold everything: it is all with the one who stays, once, and works on", async () => {
  const { inviter, ann, bea, friend, milk, size, code, waiting } = await lives();
  const held = await customer(ctx, { memberId: bea });
  const own = await customer(ctx, { memberId: ann });
  await mergeMembers(at(ctx, days(NOON, 1)), { survivorId: ann, loserId: bea });
  await settle(days(NOON, 1));
  expect(await customValuesOf(ctx, ann)).toEqual(
    new Map<bigint, string | number>([
      [milk, "oat"],
      [size, 42],
    ]),
  );
  expect(await runs(ann)).toEqual([
    "71 1 active",
    "71 2 exited",
    "72 1 done",
    "72 2 active",
    "72 3 done",
    "73 1 active",
  ]);
  expect((await certificatesOf(ctx, ann)).length).toBe(2);
  expect((await entitlements(ctx, ann)).filter(({ name }) => name === "Package").length).toBe(2);
  expect((await personalCodes(ctx, ann)).map((one) => one.code)).toEqual([code]);
  expect(
    (await friendsOf(ctx, { inviterId: ann, before: null })).rows.map(({ memberId }) => memberId),
  ).toEqual([friend]);
  const [counts] = await asOwner("SELECT invited_count FROM member_stats WHERE member_id = $1", [inviter]);
  expect(counts).toEqual({ invited_count: 1 });
  const [member] = await asOwner("SELECT inviter_id FROM member WHERE id = $1", [ann]);
  expect(member).toEqual({ inviter_id: String(inviter) });
  const now = at(ctx, days(NOON, 2));
  expect(await customer(now, { memberId: ann })).toMatchObject({
    pending: (own?.pending ?? 0n) + (held?.pending ?? 0n),
    visits: 2,
  });
  // Points that waited for a confirmation begin with the one who stays; the code that was made for the other brings its own.
  const began = await confirmEarned(now, waiting);
  expect(began).toBeGreaterThan(0n);
  await redeemPromo(now, { memberId: ann, code, key: null });
  expect((await customer(now, { memberId: ann }))?.available).toBe(
    (own?.available ?? 0n) + (held?.available ?? 0n) + began + 700n,
  );
  // The friend's next purchase rewards whoever their inviter is now.
  const again = await buy(now, friend, 100_000n);
  await confirmEarned(now, again.operationId);
  await settle(days(NOON, 2));
  const [rewards] = await asOwner<{ n: string }>(
    "SELECT count(*) AS n FROM referral_reward WHERE member_id = $1 AND friend_id = $2",
    [ann, friend],
  );
  expect(rewards?.n).toBe("2");
});

test("taken back, every row of the business is what it was", async () => {
  const { ann, bea } = await lives();
  const before = await everything();
  const merge = await mergeMembers(at(ctx, days(NOON, 1)), { survivorId: ann, loserId: bea });
  expect(await everything()).not.toEqual(before);
  await undoMerge(at(ctx, days(NOON, 2)), merge);
  expect(await everything()).toEqual(before);
});

test("taken back after somebody wrote into the fields: theirs stays, what the merge taught goes", async () => {
  const { ann, bea, milk, size } = await lives();
  const merge = await mergeMembers(at(ctx, days(NOON, 1)), { survivorId: ann, loserId: bea });
  await setCustomValues(ctx, { memberId: ann, values: [{ fieldId: milk, value: "rice" }] });
  await undoMerge(at(ctx, days(NOON, 2)), merge);
  expect(await customValuesOf(ctx, ann)).toEqual(new Map([[milk, "rice"]]));
  expect(await customValuesOf(ctx, bea)).toEqual(
    new Map<bigint, string | number>([
      [milk, "soy"],
      [size, 42],
    ]),
  );
});

test("a code that was used since keeps the two together", async () => {
  const { ann, bea, code } = await lives();
  const merge = await mergeMembers(at(ctx, days(NOON, 1)), { survivorId: ann, loserId: bea });
  await redeemPromo(at(ctx, days(NOON, 2)), { memberId: ann, code, key: null });
  await expect(undoMerge(at(ctx, days(NOON, 3)), merge)).rejects.toThrow("merge_used");
});
