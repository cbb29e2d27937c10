import "server-only";
import { audit, type Context, require } from "../../access";
import { Refused } from "../../kernel/refusals";
import { withBusiness } from "../../platform/db";
import { isOn } from "../gate/model";
import { CHANNELS, type Channel, type Purpose } from "../model";
import { readSettings } from "../settings/store";
import { telegramStart } from "../telegram/link";
import type { BrowserInput, PreferenceInput, QuietInput } from "./schema";
import * as store from "./store";

export type { ConsentEntry } from "./store";

export type ChannelChoice = {
  readonly channel: Channel;
  /** Where it would go: an address, or how many browsers; nothing when there is none yet. */
  readonly address: string | null;
  readonly marketing: boolean;
  readonly service: boolean;
};
export type Preferences = {
  readonly channels: readonly ChannelChoice[];
  readonly quiet: { readonly from: number; readonly until: number } | null;
  /** The business's hours, which hold where the member has none. */
  readonly usual: { readonly from: number; readonly until: number } | null;
  readonly history: readonly store.ConsentEntry[];
  readonly telegramUrl: string | null;
};

const HISTORY_MAX = 50;

/** How a member may be written to, as the card's settings show it. Refuses: `forbidden` for anybody else's. */
export async function preferences(ctx: Context, memberId: bigint): Promise<Preferences> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  return await withBusiness(id, async (tx) => {
    const settings = await readSettings(tx, id);
    const said = await store.latest(tx, id, memberId);
    const addresses = await store.addressesOf(tx, id, memberId);
    const browsers = await store.countBrowsers(tx, id, memberId);
    const chat = await store.chatOf(tx, id, memberId);
    const quiet = await store.quietOf(tx, id, memberId);
    const history = await store.history(tx, id, memberId, HISTORY_MAX);
    const agreed = (purpose: Purpose, channel: Channel) =>
      said.find((entry) => entry.purpose === purpose && entry.channel === channel)?.granted ??
      (purpose === "service" || settings.assumed.includes(channel));
    const address: Record<Channel, string | null> = {
      push: browsers > 0 ? String(browsers) : null,
      telegram: chat ? settings.telegram.bot : null,
      email: addresses?.email ?? null,
      sms: addresses?.phone ?? null,
      inbox: "inbox",
    };
    const hasHours = quiet && quiet.quietFrom !== null && quiet.quietUntil !== null;
    return {
      channels: CHANNELS.filter((channel) => isOn(settings, channel)).map((channel) => ({
        channel,
        address: address[channel],
        marketing: agreed("marketing", channel),
        service: agreed("service", channel),
      })),
      quiet: hasHours ? { from: quiet.quietFrom ?? 0, until: quiet.quietUntil ?? 0 } : null,
      usual: settings.quiet,
      history,
      telegramUrl:
        settings.telegram.isOn && settings.telegram.bot
          ? telegramStart(ctx, settings.telegram.bot, memberId)
          : null,
    };
  });
}

/** What a member agreed to and when, newest first, for the office. Shape: at most fifty. */
export async function consentsOf(ctx: Context, memberId: bigint): Promise<store.ConsentEntry[]> {
  require(ctx, "members:read");
  const { id } = ctx.business;
  return await withBusiness(id, (tx) => store.history(tx, id, memberId, HISTORY_MAX));
}

/** A member's yes or no for a purpose and channel. The inbox itself always takes service messages. */
export async function choose(ctx: Context, memberId: bigint, input: PreferenceInput): Promise<void> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    const isNew = await store.say(tx, { ...input, businessId: id, memberId, source: "card", now: ctx.now });
    if (isNew) await audit(tx, ctx, "consent.say", { kind: "member", id: memberId }, input);
  });
}

/** A member's own quiet hours, in the zone of their phone; without hours the business's hold. */
export async function chooseQuiet(ctx: Context, memberId: bigint, input: QuietInput): Promise<void> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  const quiet = { zone: input.zone, quietFrom: input.from, quietUntil: input.until };
  await withBusiness(id, async (tx) => {
    await store.saveQuiet(tx, id, memberId, quiet);
    await audit(tx, ctx, "consent.quiet", { kind: "member", id: memberId });
  });
}

/** A browser that takes push from now on; asking for it is the member's yes. Refuses: `limit_reached` past ten browsers. */
export async function addBrowser(ctx: Context, memberId: bigint, input: BrowserInput): Promise<void> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    if ((await store.countBrowsers(tx, id, memberId)) >= BROWSERS_MAX) throw new Refused("limit_reached");
    await store.saveBrowser(tx, { businessId: id, memberId, ...input, now: ctx.now });
    const about = {
      businessId: id,
      memberId,
      channel: "push",
      granted: true,
      source: "push",
      now: ctx.now,
    } as const;
    await store.say(tx, { ...about, purpose: "marketing" });
    await audit(tx, ctx, "push.subscribe", { kind: "member", id: memberId });
  });
}
const BROWSERS_MAX = 10;

/** A browser that takes push no more. */
export async function removeBrowser(ctx: Context, memberId: bigint, endpoint: string): Promise<void> {
  requireOwn(ctx, memberId);
  const { id } = ctx.business;
  await withBusiness(id, async (tx) => {
    await store.forgetBrowser(tx, id, memberId, endpoint);
    await audit(tx, ctx, "push.unsubscribe", { kind: "member", id: memberId });
  });
}

function requireOwn(ctx: Context, memberId: bigint): void {
  if (ctx.actor.kind === "system") return;
  require(ctx, "own:write");
  if (ctx.actor.kind !== "member" || ctx.actor.id !== memberId) throw new Refused("forbidden");
}
