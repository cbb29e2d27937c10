import "server-only";
import { createTransport, type Transporter } from "nodemailer";
import { env } from "../env";
import type { Letter } from ".";

/** Next to an address nodemailer reads its options from the address alone; what the settings say there wins. */
const OPTIONS = {
  pool: "true",
  maxConnections: "4",
  connectionTimeout: "5000",
  greetingTimeout: "5000",
  socketTimeout: "10000",
};

const kept = globalThis as typeof globalThis & { koloSmtp?: { url: string; transporter: Transporter } };

/** One pool of connections per process: a sign-in should not wait for a new handshake each time. */
export function transporterOf(url: string): Transporter {
  if (kept.koloSmtp?.url !== url) {
    kept.koloSmtp?.transporter.close();
    const address = new URL(url);
    for (const [name, value] of Object.entries(OPTIONS))
      if (!address.searchParams.has(name)) address.searchParams.set(name, value);
    kept.koloSmtp = { url, transporter: createTransport(address.href, { from: env().MAIL_FROM }) };
  }
  return kept.koloSmtp.transporter;
}

/** Hands a letter to the SMTP server of the settings. Refuses: nothing; throws when it is not taken. */
export async function sendBySmtp(letter: Letter): Promise<void> {
  const { to, subject, html, text } = letter;
  // Codes and links are nobody's newsletter: vacation replies to them help no one.
  const headers = { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" };
  await transporterOf(env().SMTP_URL ?? "").sendMail({ to, subject, html, text, headers });
}

/** Closes the connections; for processes and tests that end. */
export function closeSmtp(): void {
  kept.koloSmtp?.transporter.close();
  delete kept.koloSmtp;
}
