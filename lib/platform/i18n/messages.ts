import type { Locale } from "./locales";
import type card from "./messages/en/card.json";
import type catalog from "./messages/en/catalog.json";
import type codes from "./messages/en/codes.json";
import type common from "./messages/en/common.json";
import type desk from "./messages/en/desk.json";
import type enter from "./messages/en/enter.json";
import type imports from "./messages/en/imports.json";
import type insights from "./messages/en/insights.json";
import type journeys from "./messages/en/journeys.json";
import type mail from "./messages/en/mail.json";
import type messaging from "./messages/en/messaging.json";
import type office from "./messages/en/office.json";
import type people from "./messages/en/people.json";
import type profile from "./messages/en/profile.json";
import type reasons from "./messages/en/reasons.json";
import type referrals from "./messages/en/referrals.json";
import type rewards from "./messages/en/rewards.json";
import type rules from "./messages/en/rules.json";
import type segments from "./messages/en/segments.json";
import type site from "./messages/en/site.json";
import type tiers from "./messages/en/tiers.json";

/** One file of texts per part of the product, the same ones in every language. */
export const AREAS = [
  "common",
  "site",
  "enter",
  "card",
  "desk",
  "office",
  "imports",
  "insights",
  "codes",
  "people",
  "reasons",
  "referrals",
  "rewards",
  "mail",
  "messaging",
  "segments",
  "tiers",
  "journeys",
  "rules",
  "profile",
  "catalog",
] as const;
export type Area = (typeof AREAS)[number];

/** Keys are typed from the English files; a test keeps the other languages in step. */
export type Messages = {
  common: typeof common;
  site: typeof site;
  enter: typeof enter;
  card: typeof card;
  desk: typeof desk;
  office: typeof office;
  imports: typeof imports;
  insights: typeof insights;
  codes: typeof codes;
  people: typeof people;
  reasons: typeof reasons;
  referrals: typeof referrals;
  rewards: typeof rewards;
  mail: typeof mail;
  messaging: typeof messaging;
  segments: typeof segments;
  tiers: typeof tiers;
  journeys: typeof journeys;
  rules: typeof rules;
  profile: typeof profile;
  catalog: typeof catalog;
};

declare module "next-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}

/** All texts of one language, as `{ common, site, … }`. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const texts = await Promise.all(AREAS.map(async (area) => [area, await load(locale, area)] as const));
  return Object.fromEntries(texts) as Messages;
}

/** The texts of one area alone: for mail, which is written outside any request. */
export async function load<A extends Area>(locale: Locale, area: A): Promise<Messages[A]> {
  const file: { default: Messages[A] } = await import(`./messages/${locale}/${area}.json`);
  return file.default;
}
