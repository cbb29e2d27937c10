import "server-only";
/** Letters nobody waits for at a screen: many at a time, each with its own outcome. */
import { Resend } from "resend";
import { env } from "../env";
import { log } from "../log";
import { type Letter, type MailTransport, mailTransport } from ".";
import { transporterOf } from "./smtp";
import * as store from "./store";

export type BulkLetter = Letter & {
  /** Plain name before our own address, the business's. */
  readonly fromName: string;
  readonly replyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Stable for the letter, so that a mailbox that gets it twice shows it once. */
  readonly messageId: string;
};

export type LetterOutcome =
  | { readonly kind: "sent"; readonly providerId: string | null }
  | { readonly kind: "later"; readonly reason: string; readonly afterMs?: number | undefined }
  /** The call broke off after the letter was handed over: it may have gone. */
  | { readonly kind: "uncertain"; readonly reason: string }
  | { readonly kind: "gone"; readonly reason: string }
  | { readonly kind: "rejected"; readonly reason: string };

/** As many letters as one call of the transport takes. */
export const BULK_MAX: Readonly<Record<MailTransport, number>> = { resend: 100, smtp: 1, mailbox: 1 };

/** Whether a batch with the same key is taken only once, however often it is sent. */
export const isRepeatable = (transport: MailTransport): boolean => transport === "resend";

/**
 * Hands letters over in one call and says what became of each, in their order.
 *
 * Shape: at most `BULK_MAX` of the transport; `batchKey` is the same for the same letters in the same order.
 */
export async function sendLetters(
  letters: readonly BulkLetter[],
  batchKey: string,
  now: Date,
): Promise<LetterOutcome[]> {
  const outcomes = await bulk[mailTransport()](letters, batchKey, now);
  const troubles = outcomes.flatMap((outcome) => (outcome.kind === "sent" ? [] : [outcome.reason]));
  if (troubles[0] !== undefined)
    log.error("mail_bulk", troubles[0].slice(0, 200), { count: troubles.length });
  return outcomes;
}

type Bulk = (letters: readonly BulkLetter[], batchKey: string, now: Date) => Promise<LetterOutcome[]>;

const bulk: Record<MailTransport, Bulk> = {
  resend: byResend,
  smtp: async (letters) => await Promise.all(letters.map(bySmtp)),
  mailbox: async (letters, _key, now) => {
    for (const letter of letters) await store.keep(letter, now);
    return letters.map(() => ({ kind: "sent", providerId: null }) as const);
  },
};

/** The installation's address under the business's name. */
function fromOf({ fromName }: BulkLetter): string {
  const from = env().MAIL_FROM;
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from;
  return `"${fromName.replaceAll(/["\\\r\n<>]/g, "")}" <${address}>`;
}

async function byResend(letters: readonly BulkLetter[], batchKey: string): Promise<LetterOutcome[]> {
  const { RESEND_API_KEY, RESEND_BASE_URL } = env();
  const resend = new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : {});
  const all = (outcome: LetterOutcome) => letters.map(() => outcome);
  const { data, error, headers } = await resend.batch.send(
    letters.map((letter) => ({
      from: fromOf(letter),
      to: letter.to,
      subject: letter.subject,
      html: letter.html,
      text: letter.text,
      headers: letter.headers,
      ...(letter.replyTo === null ? {} : { replyTo: letter.replyTo }),
    })),
    { idempotencyKey: batchKey, batchValidation: "permissive" },
  );
  if (error) {
    const { statusCode, name } = error;
    const after = Number(headers?.["retry-after"]);
    const isPassing = statusCode === null || [401, 403, 409, 429].includes(statusCode) || statusCode >= 500;
    if (name === "invalid_idempotent_request") return all({ kind: "uncertain", reason: name });
    return all(
      isPassing
        ? { kind: "later", reason: name, afterMs: Number.isFinite(after) ? after * 1000 : undefined }
        : { kind: "rejected", reason: name },
    );
  }
  const refused = new Map((data.errors ?? []).map(({ index, message }) => [index, message]));
  // Ids come for the letters that were taken, in their order.
  const ids = Array.isArray(data.data) ? data.data.map(({ id }) => id) : [];
  if (ids.length + refused.size !== letters.length) return all({ kind: "later", reason: "garbage" });
  return letters.map((_letter, index) =>
    refused.has(index)
      ? { kind: "rejected", reason: "invalid_letter" }
      : { kind: "sent", providerId: ids.shift() ?? null },
  );
}

type SmtpError = Error & { responseCode?: number; command?: string; code?: string };

async function bySmtp(letter: BulkLetter): Promise<LetterOutcome> {
  const { to, subject, html, text, headers, messageId, replyTo } = letter;
  try {
    await transporterOf(env().SMTP_URL ?? "").sendMail({
      from: fromOf(letter),
      to,
      subject,
      html,
      text,
      headers: { ...headers },
      messageId,
      ...(replyTo === null ? {} : { replyTo }),
    });
    return { kind: "sent", providerId: messageId };
  } catch (error) {
    return smtpOutcome(error instanceof Error ? error : new Error(String(error)));
  }
}

/** 4xx passes, 550 and its kin name a mailbox that is not there; a line that broke after DATA leaves it open. */
function smtpOutcome({ responseCode, command, code }: SmtpError): LetterOutcome {
  const reason = responseCode === undefined ? (code ?? "smtp") : `smtp_${responseCode}`;
  if (responseCode !== undefined && responseCode >= 500)
    return { kind: command === "RCPT TO" && responseCode !== 554 ? "gone" : "rejected", reason };
  if (responseCode === undefined && command === "DATA") return { kind: "uncertain", reason };
  return { kind: "later", reason };
}
