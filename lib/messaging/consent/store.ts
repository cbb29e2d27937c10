import "server-only";
import { z } from "zod";
import { newId } from "../../kernel/ids";
import { callIn, type Tx } from "../../platform/db";
import { CHANNELS, type Channel, PURPOSES, type Purpose } from "../model";

export type ConsentSource =
  | "card"
  | "unsubscribe"
  | "push"
  | "telegram"
  | "complaint"
  | "staff"
  | "import"
  | "merge"
  | "seed";

export type Saying = {
  readonly businessId: bigint;
  readonly memberId: bigint;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly granted: boolean;
  readonly source: ConsentSource;
  readonly now: Date;
};

const entry = z.object({
  id: z.bigint(),
  purpose: z.enum(PURPOSES),
  channel: z.enum(CHANNELS),
  granted: z.boolean(),
  at: z.date(),
  source: z.string(),
});
export type ConsentEntry = z.output<typeof entry>;

/** Adds a row when it says something new; the rows before stay. Answers whether it did. */
export async function say(tx: Tx, { now, ...saying }: Saying): Promise<boolean> {
  const { businessId, memberId, purpose, channel, granted } = saying;
  const last = await tx.memberConsent.findFirst({
    where: { businessId, memberId, purpose, channel },
    orderBy: { id: "desc" },
    select: { granted: true },
  });
  if (last?.granted === granted) return false;
  await tx.memberConsent.create({ data: { ...saying, id: newId(now), at: now } });
  return true;
}

/** All a member ever said, newest first. */
export async function history(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  take: number,
): Promise<ConsentEntry[]> {
  const rows = await tx.memberConsent.findMany({
    where: { businessId, memberId },
    orderBy: { id: "desc" },
    take,
  });
  return z.array(entry).parse(rows);
}

/** What holds now: the last row for each purpose and channel. */
export async function latest(tx: Tx, businessId: bigint, memberId: bigint): Promise<ConsentEntry[]> {
  const rows = await callIn<unknown>(
    tx,
    `SELECT DISTINCT ON (purpose, channel) id, purpose, channel, granted, at, source FROM member_consent
     WHERE business_id = $1::bigint AND member_id = $2::bigint ORDER BY purpose, channel, id DESC`,
    [businessId, memberId],
  );
  return z.array(entry).parse(rows);
}

export async function quietOf(tx: Tx, businessId: bigint, memberId: bigint) {
  return await tx.memberQuiet.findUnique({ where: { businessId_memberId: { businessId, memberId } } });
}

export async function saveQuiet(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  quiet: { zone: string | null; quietFrom: number | null; quietUntil: number | null },
): Promise<void> {
  const where = { businessId_memberId: { businessId, memberId } };
  await tx.memberQuiet.upsert({ where, create: { businessId, memberId, ...quiet }, update: quiet });
}

export async function saveBrowser(
  tx: Tx,
  about: {
    businessId: bigint;
    memberId: bigint;
    endpoint: string;
    p256dh: string;
    auth: string;
    userAgent: string | null;
    now: Date;
  },
): Promise<void> {
  const { now, businessId, endpoint, ...rest } = about;
  const where = { businessId_endpoint: { businessId, endpoint } };
  const create = { businessId, endpoint, ...rest, id: newId(now), createdAt: now };
  await tx.pushSubscription.upsert({ where, create, update: rest });
}

export async function countBrowsers(tx: Tx, businessId: bigint, memberId: bigint): Promise<number> {
  return await tx.pushSubscription.count({ where: { businessId, memberId } });
}

export async function forgetBrowser(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  endpoint: string,
): Promise<void> {
  await tx.pushSubscription.deleteMany({ where: { businessId, memberId, endpoint } });
}

export async function saveChat(
  tx: Tx,
  businessId: bigint,
  memberId: bigint,
  chatId: string,
  now: Date,
): Promise<void> {
  // One chat belongs to one member, the one who linked it last.
  await tx.telegramChat.deleteMany({ where: { businessId, chatId } });
  const where = { businessId_memberId: { businessId, memberId } };
  await tx.telegramChat.upsert({
    where,
    create: { businessId, memberId, chatId, linkedAt: now },
    update: { chatId, linkedAt: now },
  });
}

export async function chatOf(tx: Tx, businessId: bigint, memberId: bigint) {
  return await tx.telegramChat.findUnique({ where: { businessId_memberId: { businessId, memberId } } });
}

export async function memberOfChat(tx: Tx, businessId: bigint, chatId: string): Promise<bigint | undefined> {
  const row = await tx.telegramChat.findUnique({ where: { businessId_chatId: { businessId, chatId } } });
  return row?.memberId;
}

export async function addressesOf(tx: Tx, businessId: bigint, memberId: bigint) {
  return await tx.memberProfile.findUnique({
    where: { businessId_memberId: { businessId, memberId } },
    select: { email: true, phone: true },
  });
}
