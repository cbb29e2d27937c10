import "server-only";
import { Refused } from "../../kernel/refusals";
import { type KeptLetter, keptLetter, keptLetters, mailTransport } from "../../platform/mail";
import { require } from "../guard";
import type { Context } from "../model";

/**
 * Letters of an installation without a mail server, newest first; those of other businesses are left out.
 *
 * Refuses: `not_found` as soon as mail goes somewhere real. Needs mailbox:read.
 */
export async function mailbox(
  ctx: Context,
  page: { before?: bigint | undefined; take?: number } = {},
): Promise<{ letters: KeptLetter[]; next: bigint | null }> {
  open(ctx);
  const take = Math.min(page.take ?? 50, 200);
  const found = await keptLetters(ctx.business.id, page.before, take + 1);
  const letters = found.slice(0, take);
  return { letters, next: found.length > take ? (letters.at(-1)?.id ?? null) : null };
}

/** One letter with its body. Refuses: `not_found`. Needs mailbox:read. */
export async function mailboxLetter(
  ctx: Context,
  input: { id: bigint },
): Promise<KeptLetter & { html: string; text: string }> {
  open(ctx);
  const letter = await keptLetter(ctx.business.id, input.id);
  if (!letter) throw new Refused("not_found");
  return letter;
}

function open(ctx: Context): void {
  require(ctx, "mailbox:read");
  if (mailTransport() !== "mailbox") throw new Refused("not_found");
}
