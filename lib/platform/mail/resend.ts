import "server-only";
import { Resend } from "resend";
import { env } from "../env";
import type { Letter } from ".";

const TIMEOUT_MS = 10_000;

/** Hands a letter to Resend. Refuses: nothing; throws when it is not taken in time. */
export async function sendByResend(letter: Letter): Promise<void> {
  const resend = new Resend(
    env().RESEND_API_KEY,
    env().RESEND_BASE_URL ? { baseUrl: env().RESEND_BASE_URL! } : {},
  );
  const sent = resend.emails.send({
    from: env().MAIL_FROM,
    to: letter.to,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
  });
  const { error } = await withinTime(sent);
  if (error) throw new Error(`resend: ${error.name}: ${error.message}`);
}

async function withinTime<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error("resend: no answer in time")), TIMEOUT_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
