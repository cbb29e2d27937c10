import "server-only";
/**
 * Mail: one way out, three transports. Resend where there is a key, SMTP where there is a server, else a mailbox of our
 * own that the office can open: everything works with no account anywhere.
 */
import { Refused } from "../../kernel/refusals";
import { env } from "../env";
import { log } from "../log";
import { sendByResend } from "./resend";
import { sendBySmtp } from "./smtp";
import * as store from "./store";

export type Letter = {
  /** Whom it is for, which decides who may read it in the local mailbox. */
  readonly kind: "person" | "staff" | "business";
  /** The business it speaks for, where it speaks for one. */
  readonly businessId: bigint | null;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
};

const TIMEOUT_MS = 12_000;

export type MailTransport = "resend" | "smtp" | "mailbox";

/** Where mail goes on this installation. */
export function mailTransport(): MailTransport {
  if (env().RESEND_API_KEY) return "resend";
  return env().SMTP_URL ? "smtp" : "mailbox";
}

/**
 * Hands a letter to the mail server and waits until it is taken; for letters somebody is waiting for.
 *
 * Time: at most twelve seconds. `now` dates the letter in the local mailbox.
 * Refuses: `mail_failed` when the server is away, slow or says no; the reason goes to the log, the address does not.
 */
export async function sendMail(letter: Letter, now: Date): Promise<void> {
  const transport = mailTransport();
  try {
    await withinTime(transports[transport](letter, now));
  } catch (error) {
    // Mail servers like to repeat whom they refused.
    const reason = error instanceof Error ? error.message : String(error);
    log.error("mail_failed", reason.replaceAll(letter.to, "<recipient>"), { transport });
    throw new Refused("mail_failed");
  }
}

const transports: Record<MailTransport, (letter: Letter, now: Date) => Promise<void>> = {
  resend: sendByResend,
  smtp: sendBySmtp,
  mailbox: store.keep,
};

async function withinTime(work: Promise<void>): Promise<void> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("no answer in time")), TIMEOUT_MS);
  try {
    await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

export { BULK_MAX, type BulkLetter, isRepeatable, type LetterOutcome, sendLetters } from "./bulk";
export type { KeptLetter } from "./store";
/** The local mailbox as the owner of a business may read it, newest first, without the bodies. */
export const keptLetters = store.keptLetters;
/** One letter of the local mailbox with its body, if the owner of this business may read it. */
export const keptLetter = store.keptLetter;
