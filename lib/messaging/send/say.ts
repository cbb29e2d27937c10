import "server-only";
import type { Context } from "../../access";
import { Refused } from "../../kernel/refusals";
import type { Tx } from "../../platform/db";
import { formats } from "../../platform/i18n/format";
import { type Programme, programmeIn } from "../../program";
import { type Content, LANGUAGES, type Language, type MessageRefusal, type Variables } from "../model";
import { languageOf, variablesOf } from "../person/person";
import type { PersonRow } from "../person/store";
import { isBrokenPromise, render } from "../template/model";
import { contentsOf } from "../template/store";
import type { Claimed, Minter, Rendered } from "./model";
import * as store from "./store";

/** By an offer's kind; lib/wiring.ts brings them. */
export type Minters = Readonly<Record<string, Minter<Tx, Context>>>;

export type Spoken =
  | { readonly message: Claimed; readonly rendered: Rendered }
  | { readonly message: Claimed; readonly refusal: MessageRefusal };

/** Puts messages into words and makes what they promise, each inside a savepoint: one that fails takes no other with it. */
export async function say(
  tx: Tx,
  ctx: Context,
  messages: readonly Claimed[],
  people: ReadonlyMap<bigint, PersonRow>,
  minters: Minters,
): Promise<Spoken[]> {
  const contents = await contentsOf(tx, ctx.business.id, messages);
  let programme: Programme | undefined;
  const spoken: Spoken[] = [];
  // Minting locks members, ascending as everywhere.
  const inOrder = messages.toSorted((a, b) => (a.memberId < b.memberId ? -1 : 1));
  for (const message of inOrder) {
    if (message.rendered) {
      spoken.push({ message, rendered: message.rendered });
      continue;
    }
    const person = people.get(message.memberId);
    const content = contents.get(message.id);
    if (!person || !content) {
      spoken.push({ message, refusal: person ? "template_gone" : "member_gone" });
      continue;
    }
    programme ??= await programmeIn(tx, ctx.business.id);
    const minted = await mint(tx, ctx, message, content, minters);
    if (!minted) {
      spoken.push({ message, refusal: "mint_refused" });
      continue;
    }
    const variables = { ...message.variables, ...minted };
    const rendered = inWords(ctx, { content, person, programme, variables });
    spoken.push(typeof rendered === "string" ? { message, refusal: rendered } : { message, rendered });
  }
  return spoken;
}

/** The member's language where the content has it, else the business's, else any. */
export function wordingFor(content: Content, wanted: readonly Language[]): { locale: Language } | undefined {
  const locale = [...wanted, ...LANGUAGES].find((one) => content.locales[one]);
  return locale && { locale };
}

function inWords(
  ctx: Context,
  about: { content: Content; person: PersonRow; programme: Programme; variables: Variables },
): Rendered | "content_broken" | "mint_refused" {
  const { content, person, programme, variables } = about;
  const own = LANGUAGES.find((language) => language === ctx.business.locale);
  const locale = wordingFor(content, [languageOf(person, ctx.business), ...(own ? [own] : [])])?.locale;
  const wording = locale && content.locales[locale];
  if (!wording) return "content_broken";
  const known = variablesOf(person, ctx.business, programme, { locale, now: ctx.now });
  const { offerUntil } = variables;
  const until = typeof offerUntil === "string" ? { offerUntil: calendarDay(offerUntil, locale) } : {};
  const all = { ...known, ...variables, ...until };
  // What could not be given is not promised.
  if (isBrokenPromise(wording, all)) return "mint_refused";
  const answer = render(wording, locale, all);
  return answer.ok ? { ...answer.said, locale } : "content_broken";
}

const calendarDay = (day: string, locale: Language): string =>
  /^\d{4}-\d\d-\d\d$/.test(day) ? formats({ locale, zone: "UTC" }).calendar(day) : day;

async function mint(
  tx: Tx,
  ctx: Context,
  message: Claimed,
  content: Content,
  minters: Minters,
): Promise<Variables | undefined> {
  if (!content.offers?.length) return {};
  const minted: Record<string, Variables[string]> = {};
  await store.savepoint(tx, "SAVEPOINT minting");
  try {
    for (const offer of content.offers) {
      const make = minters[offer.kind];
      if (!make) throw new Refused("not_found");
      const about = { memberId: message.memberId, messageId: message.id, with: offer.with };
      Object.assign(minted, await make(tx, ctx, about).then((words) => soonest(minted, words)));
    }
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await store.savepoint(tx, "ROLLBACK TO SAVEPOINT minting");
    return undefined;
  }
  await store.savepoint(tx, "RELEASE SAVEPOINT minting");
  return minted;
}

/** Of several offers, the one that ends first says until when. */
function soonest(before: Variables, made: Variables): Variables {
  const [first, second] = [before.offerUntil, made.offerUntil];
  return first !== undefined && (second === undefined || String(first) < String(second))
    ? { ...made, offerUntil: first }
    : made;
}
