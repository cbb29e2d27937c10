"use server";
import { redirect } from "next/navigation";
import {
  currentPerson,
  findBusiness,
  keepTrace,
  memberContext,
  personAction,
  personContext,
  type SignedInPerson,
  signInPersonByCode,
  startSession,
  visitorAction,
} from "@/lib/access";
import { Refused } from "@/lib/kernel/refusals";
import { dayOf } from "@/lib/kernel/time";
import { emailOfPerson, eraseMember, noteInstalled, updateOwnProfile } from "@/lib/members";
import type { Locale } from "@/lib/platform/i18n/locales";
import { join } from "@/lib/program";
import { countOpened } from "@/lib/referrals";
import { openedLink } from "@/lib/referrals/schema";
import { claimVoucher } from "@/lib/sales";
import { businessBySlug, cardIn, type OwnCard } from "./own-card";
import * as schema from "./schema";

type Joined = { readonly memberId: bigint; readonly joined: boolean };

async function joinAs(
  person: SignedInPerson,
  { slug, invite }: { slug: string; invite: string | null },
  email: string | null,
): Promise<Joined> {
  const business = await businessBySlug(slug);
  if (!business) throw new Refused("not_found");
  return await join(personContext(business, person), {
    personId: person.personId,
    name: null,
    phone: null,
    email,
    birthDate: null,
    gender: null,
    inviteCode: invite,
    source: "join",
    trace: invite ? await keepTrace() : undefined,
  });
}

/** A new member is asked their name on the way; who has been here before goes straight to the card. */
function goOn({ joined }: Joined, { slug, locale }: { slug: string; locale: Locale }): never {
  redirect(joined ? `/${locale}/join/${slug}/about` : `/${locale}/card/${slug}`);
}

/** Joining, second step: the code from the letter signs the person in and makes the card. */
export const joinWithCode = visitorAction(schema.joinWithCode, async (visitor, input) => {
  const { sessionId, personId } = await signInPersonByCode(visitor, input);
  await startSession("person", sessionId);
  goOn(await joinAs({ personId, sessionId, now: visitor.now }, input, input.email), input);
});

/** Joining for whoever is signed in already: one press. */
export const joinSignedIn = personAction(schema.joinSignedIn, async (person, input) => {
  goOn(await joinAs(person, input, await emailOfPerson(person.personId)), input);
});

/** Says that the card stands among the apps of a phone. */
export const cardInstalled = personAction(schema.installed, async (person, { slug }) => {
  const business = await businessBySlug(slug);
  const card = business && (await cardIn(person, business));
  if (!card) throw new Refused("forbidden");
  await noteInstalled(memberContext(card.business, card.memberId, person), card.memberId);
});

/** What a member says of themselves. */
export const saveAboutYou = personAction(schema.aboutYou, async (person, { slug, ...profile }) => {
  const { ctx, memberId } = await own(person, slug);
  if (profile.birthDate !== null && profile.birthDate > dayOf(ctx.now, ctx.business.zone))
    throw new Refused("invalid", { field: "birthDate" });
  await updateOwnProfile(ctx, memberId, profile);
});

/** Takes a receipt's points; who has no card there yet gets one first. */
export const takeVoucher = personAction(schema.takeVoucher, async (person, { slug, code }) => {
  const business = await businessBySlug(slug);
  if (!business) throw new Refused("voucher_unknown");
  const { memberId } = await joinAs(person, { slug, invite: null }, await emailOfPerson(person.personId));
  const { points } = await claimVoucher(memberContext(business, memberId, person), code);
  return { points: points.toString() };
});

/** Tells that an invitation was opened; the page tells it once it runs, so previews in messengers count for nothing. */
export const openInvitation = visitorAction(openedLink, async (visitor, { slug, code }) => {
  const business = await businessBySlug(slug);
  if (business) await countOpened(business, code, await keepTrace(), visitor.now);
});

/** From the code on a poster to the business's joining page. */
export const openByJoinCode = visitorAction(schema.findByJoinCode, async (_visitor, { code, locale }) => {
  const business = await findBusiness({ joinCode: code });
  if (!business) throw new Refused("not_found");
  const person = await currentPerson();
  const card = person && (await cardIn(person, business));
  redirect(card ? `/${locale}/card/${business.slug}` : `/${locale}/join/${business.slug}`);
});

async function own(person: SignedInPerson, slug: string): Promise<OwnCard> {
  const business = await businessBySlug(slug);
  const card = business && (await cardIn(person, business));
  if (!card) throw new Refused("forbidden");
  return card;
}

/** Gives the card up: everything this business holds of the person is deleted. */
export const leaveForGood = personAction(schema.leaving, async (person, { slug }) => {
  const business = await businessBySlug(slug);
  const card = business && (await cardIn(person, business));
  if (!card) throw new Refused("not_found");
  await eraseMember(card.ctx, card.memberId);
});
