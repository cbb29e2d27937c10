import "server-only";
import { redirect } from "next/navigation";
import { cache } from "react";
import {
  type Business,
  type Context,
  currentPerson,
  findBusiness,
  memberContext,
  personOrSignIn,
  type SignedInPerson,
} from "@/lib/access";
import { membershipsOf } from "@/lib/members";
import type { Locale } from "@/lib/platform/i18n/locales";

/** A signed-in person's own card in one business. */
export type OwnCard = {
  readonly ctx: Context;
  readonly memberId: bigint;
  readonly business: Business;
  readonly person: SignedInPerson;
  /** How many cards the person has; with one there is no list to go back to. */
  readonly cards: number;
};

const SLUG = /^[a-z\d-]{1,80}$/;

/** A business by what stands in the address; an address is anybody's text, so its form is checked first. */
export const businessBySlug = cache(
  async (slug: string): Promise<Business | undefined> =>
    SLUG.test(slug) ? await findBusiness({ slug }) : undefined,
);

const cardsOf = cache(membershipsOf);

/** The card a page shows; whoever is not signed in, or not a member, is led there first. */
export async function ownCardOrJoin(locale: Locale, slug: string, page = ""): Promise<OwnCard> {
  const [person, business] = await Promise.all([
    personOrSignIn(locale, `/${locale}/card/${encodeURIComponent(slug)}${page}`),
    businessBySlug(slug),
  ]);
  const card = business && (await cardIn(person, business));
  if (!card) redirect(`/${locale}/join/${encodeURIComponent(slug)}`);
  return card;
}

/** The same for an endpoint: nothing for whoever has no card there. */
export async function ownCard(slug: string): Promise<OwnCard | undefined> {
  const [person, business] = await Promise.all([currentPerson(), businessBySlug(slug)]);
  return person && business && (await cardIn(person, business));
}

/** A person's card in a business, if they have one. */
export async function cardIn(person: SignedInPerson, business: Business): Promise<OwnCard | undefined> {
  const all = await cardsOf(person.personId);
  const own = all.find((membership) => membership.businessId === business.id);
  if (!own) return undefined;
  const ctx = memberContext(business, own.memberId, person);
  return { ctx, memberId: own.memberId, business, person, cards: all.length };
}

/** Every card of a person, by the business's name. */
export async function ownCards(person: SignedInPerson): Promise<OwnCard[]> {
  const all = await cardsOf(person.personId);
  const found = await Promise.all(
    all.map(async ({ businessId, memberId }) => {
      const business = await findBusiness({ id: businessId });
      return (
        business && {
          ctx: memberContext(business, memberId, person),
          memberId,
          business,
          person,
          cards: all.length,
        }
      );
    }),
  );
  return found
    .filter((card) => card !== undefined)
    .toSorted((a, b) => a.business.name.localeCompare(b.business.name));
}
