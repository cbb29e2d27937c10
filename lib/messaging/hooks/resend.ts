import "server-only";
import { z } from "zod";
import { type ProviderNews, takeProviderNews } from "../track/track";
import { isSigned } from "./svix";

const news = z.object({
  type: z.string(),
  data: z.object({
    email_id: z.string(),
    bounce: z.object({ type: z.string().optional(), message: z.string().optional() }).optional(),
  }),
});

const WHAT: Readonly<Record<string, ProviderNews["what"]>> = {
  "email.delivered": "delivered",
  "email.opened": "opened",
  "email.clicked": "clicked",
  "email.bounced": "bounced",
  "email.complained": "complained",
  "email.failed": "failed",
};

/**
 * Takes a webhook of Resend: delivered, opened, clicked, bounced, complained, failed; told twice is told once.
 *
 * Refuses: answers false for a signature that is not theirs; what is not about our messages is taken and forgotten.
 */
export async function takeResendHook(
  secret: string,
  headers: Parameters<typeof isSigned>[1],
  body: string,
  now: Date,
): Promise<boolean> {
  if (!isSigned(secret, headers, body, now)) return false;
  const parsed = news.safeParse(parse(body));
  const what = parsed.success ? WHAT[parsed.data.type] : undefined;
  if (!parsed.success || !what) return true;
  const { email_id: providerId, bounce } = parsed.data.data;
  // A box that is full today is not gone.
  const isPassing = what === "bounced" && /transient|temporary|undetermined/i.test(bounce?.type ?? "");
  await takeProviderNews(
    { providerId },
    { what: isPassing ? "failed" : what, reason: bounce?.type?.slice(0, 60) ?? null },
    now,
  );
  return true;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
