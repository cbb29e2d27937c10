import "server-only";
import { z } from "zod";
import { callOutward, OutwardFailed } from "../../platform/outward";
import { clickUrl } from "../link/token";
import type { ChannelSender, Outcome, Outgoing, Post } from "../send/model";

const API = "https://api.telegram.org";
const TEXT_MAX = 4_000;

/** Telegram through the business's own bot, to members who opened a chat with it. */
export const telegram: ChannelSender = {
  isRepeatable: () => false,
  batchMax: () => 1,
  concurrency: 8,
  send: async (batch, post) => await Promise.all(batch.map((outgoing) => one(outgoing, post))),
};

async function one(
  { message, rendered, address }: Outgoing,
  { business, settings, keys }: Post,
): Promise<Outcome> {
  if (address.telegram === null || !keys.telegram) return { kind: "later", reason: "channel_off" };
  const url = rendered.url && clickUrl({ businessId: business.id, messageId: message.id });
  // Telegram does not open addresses nobody outside can reach from a button; in the text they stand at least.
  const isPublic = url?.startsWith("https://");
  const body = `${rendered.title}\n\n${rendered.text}`.slice(0, TEXT_MAX);
  const answer = await ask(settings.telegram.apiUrl, keys.telegram, "sendMessage", {
    chat_id: address.telegram,
    text: url && !isPublic ? `${body}\n\n${url}` : body,
    disable_notification: false,
    ...(url && isPublic
      ? { reply_markup: { inline_keyboard: [[{ text: rendered.button ?? business.name, url }]] } }
      : {}),
  });
  return outcomeOf(answer);
}

const answerSchema = z.object({
  ok: z.boolean(),
  result: z.unknown().optional(),
  error_code: z.number().optional(),
  description: z.string().optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});
export type BotAnswer =
  | z.output<typeof answerSchema>
  | { readonly failed: string; readonly mayHaveArrived: boolean };

/** Calls a method of the Bot API. Refuses: nothing; what went wrong is in the answer, the token in none of it. */
export async function ask(apiUrl: string, token: string, method: string, body: object): Promise<BotAnswer> {
  try {
    const answer = await callOutward(`${(apiUrl || API).replace(/\/+$/, "")}/bot${token}/${method}`, {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const parsed = answerSchema.safeParse(JSON.parse(answer.text));
    return parsed.success ? parsed.data : { failed: "garbage", mayHaveArrived: answer.status < 300 };
  } catch (error) {
    if (error instanceof OutwardFailed) return { failed: error.code, mayHaveArrived: error.mayHaveArrived };
    if (error instanceof SyntaxError) return { failed: "garbage", mayHaveArrived: true };
    throw error;
  }
}

function outcomeOf(answer: BotAnswer): Outcome {
  if ("failed" in answer)
    return { kind: answer.mayHaveArrived ? "uncertain" : "later", reason: answer.failed };
  if (answer.ok) {
    const id = z.object({ message_id: z.number() }).safeParse(answer.result);
    return { kind: "sent", providerId: id.success ? String(id.data.message_id) : null };
  }
  const { error_code = 500, parameters, description = "" } = answer;
  const reason = `telegram_${error_code}`;
  if (error_code === 429) return { kind: "later", reason, afterMs: (parameters?.retry_after ?? 1) * 1000 };
  if (error_code === 403 || (error_code === 400 && /chat not found|deactivated/i.test(description)))
    return { kind: "gone", reason };
  if (error_code === 401 || error_code === 404 || error_code >= 500) return { kind: "later", reason };
  return { kind: "rejected", reason };
}
