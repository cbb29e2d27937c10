import "server-only";
import { newId } from "../../kernel/ids";
import { call, withoutBusiness } from "../db";
import type { Letter } from ".";

/** Older letters are dropped: the mailbox is for trying Kolo out, not an archive. */
const KEPT_MAX = 500;
const LAST_ID = 9_223_372_036_854_775_807n;

export type KeptLetter = {
  readonly id: bigint;
  readonly recipient: string;
  readonly subject: string;
  readonly at: Date;
};

export async function keep(letter: Letter, now: Date): Promise<void> {
  await withoutBusiness(async (tx) => {
    await tx.mail.create({
      data: {
        id: newId(now),
        kind: letter.kind,
        businessId: letter.businessId,
        recipient: letter.to,
        subject: letter.subject,
        html: letter.html,
        text: letter.text,
        at: now,
      },
    });
    await tx.$executeRaw`
      DELETE FROM mail WHERE id <= (SELECT id FROM mail ORDER BY id DESC OFFSET ${KEPT_MAX} LIMIT 1)`;
  });
}

export async function keptLetters(
  businessId: bigint,
  before: bigint | undefined,
  take: number,
): Promise<KeptLetter[]> {
  return await call<KeptLetter>(
    "mailbox_list",
    "SELECT id, recipient, subject, at FROM mailbox_of($1, $2, $3)",
    [businessId, before ?? LAST_ID, take],
  );
}

export async function keptLetter(
  businessId: bigint,
  id: bigint,
): Promise<(KeptLetter & { html: string; text: string }) | undefined> {
  const [letter] = await call<KeptLetter & { html: string; text: string }>(
    "mailbox_one",
    "SELECT id, recipient, subject, at, html, text FROM mailbox_of($1, $2, 1) WHERE id = $3",
    [businessId, id + 1n, id],
  );
  return letter;
}
