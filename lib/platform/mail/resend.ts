import "server-only";
import { Resend } from "resend";
import { env } from "../env";
import type { Letter } from ".";

/** Hands a letter to Resend. Refuses: nothing; throws when it is not taken. */
export async function sendByResend(letter: Letter): Promise<void> {
  const { RESEND_API_KEY, RESEND_BASE_URL } = env();
  const resend = new Resend(RESEND_API_KEY, RESEND_BASE_URL ? { baseUrl: RESEND_BASE_URL } : {});
  const { error } = await resend.emails.send({
    from: env().MAIL_FROM,
    to: letter.to,
    subject: letter.subject,
    html: letter.html,
    text: letter.text,
  });
  if (error) throw new Error(`resend: ${error.name}: ${error.message}`);
}
