export {
  CUSTOM_FIELDS_MAX,
  CUSTOM_KINDS,
  CUSTOM_OPTIONS_MAX,
  CUSTOM_TEXT_MAX,
  type CustomField,
  type CustomKind,
  type CustomValue,
  type CustomValues,
  customKey,
  customValue,
} from "./fields/model";

/** Letters or digits a search needs. */
export const SEARCH_MIN = 3;

/** A member as lists and tills show them. Points in hundredths, money in minor units. */
export type Member = {
  readonly id: bigint;
  readonly personId: bigint | null;
  readonly uid: string | null;
  readonly inviterId: bigint | null;
  readonly source: string;
  readonly createdAt: Date;
  readonly blockedAt: Date | null;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** "YYYY-MM-DD" */
  readonly birthDate: string | null;
  readonly gender: Gender | null;
  readonly note: string | null;
  readonly tags: readonly Tag[];
};

export const GENDERS = ["male", "female"] as const;
export type Gender = (typeof GENDERS)[number];

export type Tag = { readonly id: bigint; readonly name: string };

/** One row of the office's list. */
export type MemberRow = {
  readonly id: bigint;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly tierId: string;
  readonly points: bigint;
  readonly visits: number;
  readonly cashSpentMinor: bigint;
  readonly lastAt: Date | null;
  readonly blockedAt: Date | null;
};

/** Notes about one member, and how long one may be. */
export const NOTES_MAX = 1_000;
export const NOTE_LENGTH_MAX = 2_000;

/** A code a member shows at the till. */
export type ShownCode = { readonly code: string; readonly expiresAt: Date };

export const CODE_MINUTES = 45; // UDS: the payment code lives 45 minutes
/** A code with less than this left is replaced when the card asks. */
export const CODE_REFRESH_MINUTES = 15;
export const LONG_CODE_HOURS = 24; // UDS: exchangeCode=true

/** What the search looks through: lower case, phone with and without its plus. */
export function searchText(profile: {
  name: string | null;
  phone: string | null;
  email: string | null;
}): string {
  return [profile.name, profile.phone, profile.email].filter(Boolean).join(" ").toLowerCase();
}

/** The name to show: what is known, in the order people recognise. */
export function displayName(member: {
  name: string | null;
  phone: string | null;
  email: string | null;
}): string {
  return member.name ?? member.phone ?? member.email ?? "—";
}
