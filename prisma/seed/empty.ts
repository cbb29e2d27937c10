/** `npm run seed -- empty`: an empty house, or the first business of a real installation with its owner. */
import { type Business, createBusiness, requestStaffLink, systemContext } from "../../lib/access";
import { newBusiness } from "../../lib/access/schema";
import { baseUrl } from "../../lib/platform/env";
import { isLocale } from "../../lib/platform/i18n/locales";
import { saveProgramme } from "../../lib/program";
import { startingProgramme } from "../../lib/program/schema";
import { connected } from "../../scripts/runner/connect";
import { Problem } from "../../scripts/runner/problem";

export type FirstBusiness = Readonly<
  Partial<Record<"business" | "owner" | "name" | "location" | "currency" | "locale" | "zone", string>>
>;

/** A tier has to be called something; the office renames it. */
const TIERS = {
  en: { base: "Base", silver: "Silver", gold: "Gold" },
  ru: { base: "Базовый", silver: "Серебряный", gold: "Золотой" },
  uk: { base: "Базовий", silver: "Срібний", gold: "Золотий" },
} as const;
const CURRENCIES = { en: "USD", ru: "RUB", uk: "UAH" } as const;

/**
 * Founds the first business with the starting programme, and tells its owner how to get in: with the password in
 * KOLO_OWNER_PASSWORD, or else by a link, e-mailed where mail is set up and printed where it is not. With the owner's address
 * alone it only makes such a link anew: for whoever lost theirs and has no mail server.
 */
export async function seedEmpty(ownerUrl: string, wanted: FirstBusiness): Promise<void> {
  if (wanted.business === undefined && wanted.owner === undefined) {
    console.log(
      "The schema is there and holds nothing. With --business NAME --owner E-MAIL it gets a first business.",
    );
    return;
  }
  const now = new Date();
  if (wanted.business === undefined && wanted.owner !== undefined) {
    console.log(await wayIn(ownerUrl, wanted.owner.trim().toLowerCase(), localeOf(wanted), now));
    return;
  }
  const password = process.env.KOLO_OWNER_PASSWORD;
  const { business, locale, email } = await foundFirst(wanted, password, now);
  console.log(
    `"${business.name}" is there: company id ${business.id}, joined at ${baseUrl()}/${locale}/join/${business.slug}`,
  );
  if (password) console.log(`${email} signs in at ${baseUrl()}/${locale}/sign-in with the password given.`);
  else console.log(await wayIn(ownerUrl, email, locale, now));
}

async function foundFirst(wanted: FirstBusiness, password: string | undefined, now: Date) {
  const locale = localeOf(wanted);
  const checked = newBusiness.safeParse({
    name: wanted.business,
    locale,
    currency: wanted.currency ?? CURRENCIES[locale],
    zone: wanted.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    locationName: wanted.location ?? wanted.business,
    owner: { name: wanted.name ?? wanted.owner, email: wanted.owner, ...(password ? { password } : {}) },
  });
  if (!checked.success) throw new Problem(complaint(checked.error.issues[0]?.path.join(".") ?? ""));
  const { business } = await createBusiness(checked.data, now);
  await saveProgramme(systemContext(business, "first-run", now), 0, startingProgramme(TIERS[locale]));
  return { business, locale, email: checked.data.owner.email };
}

const localeOf = ({ locale }: FirstBusiness) => (locale !== undefined && isLocale(locale) ? locale : "en");

function complaint(path: string): string {
  switch (path) {
    case "currency":
      return "--currency takes a code of three letters, such as EUR.";
    case "zone":
      return "--zone takes a time zone, such as Europe/Kyiv.";
    case "owner.password":
      return "KOLO_OWNER_PASSWORD has to have 10 characters at least.";
    case "owner.email":
    case "owner.name":
      return "--owner takes the e-mail address of the owner, such as you@company.com.";
    default:
      return '--business takes the name of your business, such as "Willow and Comb".';
  }
}

/** The owner's first link. Where no mail server is set up, the letter lies in the local mailbox that only an owner can open. */
async function wayIn(
  ownerUrl: string,
  email: string,
  locale: Business["locale"],
  now: Date,
): Promise<string> {
  const { expiresAt } = await requestStaffLink(
    { ip: undefined, userAgent: undefined, now },
    { email, locale },
  );
  const minutes = Math.round((expiresAt.getTime() - now.getTime()) / 60_000);
  const letter = await connected(ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ text: string }>(
      "SELECT text FROM mail WHERE recipient = $1 AND at >= $2 ORDER BY id DESC LIMIT 1",
      [email, now],
    );
    return rows[0]?.text;
  });
  if (letter?.includes("/sign-in/link?") === false)
    throw new Problem(
      `Nobody signs in here as ${email}: write the address as the office's staff list has it.`,
    );
  const link = letter?.match(/https?:\/\/\S+/)?.[0];
  return link === undefined
    ? `A sign-in link is on its way to ${email}; it works for ${minutes} minutes.`
    : `${email} signs in once Kolo runs (npm start), within ${minutes} minutes, at\n${link}`;
}
