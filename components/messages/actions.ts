"use server";
import { z } from "zod";
import { businessBySlug, cardIn, type OwnCard } from "@/components/card/own-card";
import { personAction, type SignedInPerson, visitorAction } from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import * as messaging from "@/lib/messaging";
import { browserInput, preferenceInput, quietInput } from "@/lib/messaging/schema";
import { pushPublicKey } from "@/lib/platform/push";

const slug = z.string().regex(/^[a-z\d-]{1,80}$/);

async function own(person: SignedInPerson, wanted: string): Promise<OwnCard> {
  const business = await businessBySlug(wanted);
  const card = business && (await cardIn(person, business));
  if (!card) throw new Refused("forbidden");
  return card;
}

/** A member's yes or no for one purpose and channel. */
export const chooseChannel = personAction(
  preferenceInput.extend({ slug }),
  async (person, { slug: at, ...input }) => {
    const { ctx, memberId } = await own(person, at);
    await messaging.choose(ctx, memberId, input);
  },
);

/** A member's own quiet hours. */
export const chooseQuiet = personAction(
  quietInput.extend({ slug }),
  async (person, { slug: at, ...input }) => {
    const { ctx, memberId } = await own(person, at);
    await messaging.chooseQuiet(ctx, memberId, input);
  },
);

/** What a browser needs to subscribe. */
export const pushKey = personAction(z.object({ slug }), async (person, { slug: at }) => {
  await own(person, at);
  return { key: await pushPublicKey() };
});

/** This browser takes notifications from now on. */
export const switchPushOn = personAction(
  browserInput.extend({ slug }),
  async (person, { slug: at, ...input }) => {
    const { ctx, memberId } = await own(person, at);
    await messaging.addBrowser(ctx, memberId, input);
  },
);

/** This browser takes no more. */
export const switchPushOff = personAction(
  z.object({ slug, endpoint: z.string().max(1_000) }),
  async (person, { slug: at, endpoint }) => {
    const { ctx, memberId } = await own(person, at);
    await messaging.removeBrowser(ctx, memberId, endpoint);
  },
);

/** The member has looked at the messages. */
export const readMessages = personAction(z.object({ slug }), async (person, { slug: at }) => {
  const { ctx, memberId } = await own(person, at);
  await messaging.markRead(ctx, memberId);
});

/** The way out of a letter: no sign-in, the signed link is enough. */
export const leaveOffers = visitorAction(
  z.object({ token: z.string().max(60) }),
  async (visitor, { token }) => {
    if (!(await messaging.unsubscribe(token, visitor.now))) throw new Refused("not_found");
  },
);
