import "server-only";
import { PAYLOAD_MAX, type PushOutcome, sendPush } from "../../platform/push";
import { clickUrl, tokenOf } from "../link/token";
import { pushLane } from "../person/person";
import type { ChannelSender, Outcome, Outgoing, Post, PushTarget } from "../send/model";

const TTL_DAY_S = 86_400;
const TTL_MAX_S = 28 * TTL_DAY_S;

/** Web push to every browser of a member: one that takes it is enough. */
export const push: ChannelSender = {
  // The same topic takes the place of what waits, the same tag of what shows: twice sent is once seen.
  isRepeatable: () => true,
  batchMax: () => 1,
  concurrency: 64,
  send: async (batch, post) => await Promise.all(batch.map((outgoing) => toMember(outgoing, post))),
};

async function toMember(outgoing: Outgoing, post: Post): Promise<Outcome> {
  const open = outgoing.address.push.filter(({ endpoint }) => !post.away.has(pushLane(endpoint)));
  if (open.length === 0) return { kind: "later", reason: "provider_away", provider: "untried" };
  const payload = payloadOf(outgoing, post);
  const answers = await Promise.all(open.map((target) => toBrowser(target, outgoing, payload, post)));
  const dead = answers.flatMap(({ target, outcome }) => (outcome.kind === "gone" ? [target.id] : []));
  // One that got it counts; then trouble that passes; then a plain no.
  const best = ["sent", "later", "rejected", "gone"]
    .map((kind) => answers.find(({ outcome }) => outcome.kind === kind))
    .find((answer) => answer !== undefined);
  if (!best) return { kind: "gone", reason: "gone", dead };
  const provider = pushLane(best.target.endpoint);
  const { outcome } = best;
  if (outcome.kind === "sent") return { kind: "sent", providerId: null, dead, provider };
  if (outcome.kind === "gone") return { kind: "gone", reason: "gone", dead, provider };
  return { ...outcome, dead, provider };
}

async function toBrowser(target: PushTarget, { message }: Outgoing, payload: string, post: Post) {
  const left = message.expiresAt ? (message.expiresAt.getTime() - post.now.getTime()) / 1000 : TTL_DAY_S;
  const options = {
    ttl: Math.min(TTL_MAX_S, Math.max(60, Math.floor(left))),
    urgency: message.purpose === "service" ? "high" : "normal",
    topic: message.id.toString(36),
  } as const;
  const outcome = await sendPush(target, payload, options, post.now).catch(
    // Keys that are no point on the curve: a browser never sends such, and nothing can be sent to it.
    (): PushOutcome => ({ kind: "gone" }),
  );
  return { target, outcome };
}

/** What public/sw.js shows. Cut where the record's size ends, which only texts of thousands of letters reach. */
function payloadOf({ message, rendered }: Outgoing, { business }: Post): string {
  const pointed = { businessId: business.id, messageId: message.id };
  const payload = (text: string) =>
    JSON.stringify({
      title: rendered.title,
      body: text,
      tag: message.id.toString(),
      token: tokenOf(pointed),
      // A path: the worker that shows it stands on our own origin, whatever that is called there.
      url: rendered.url
        ? new URL(clickUrl(pointed)).pathname
        : `/${rendered.locale}/card/${business.slug}/messages`,
      button: rendered.button,
      lang: rendered.locale,
    });
  let { text } = rendered;
  while (Buffer.byteLength(payload(text)) > PAYLOAD_MAX)
    text = `${text.slice(0, Math.floor(text.length * 0.8))}…`;
  return payload(text);
}
