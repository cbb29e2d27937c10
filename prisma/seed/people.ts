import type { Gender } from "../../lib/members/model";
import type { Dice } from "./dice";
import { FOREIGN, latin, type NameList, RUSSIAN, UKRAINIAN } from "./names";

/** Somebody who walks into a shop: the same human in every business. */
export type Human = {
  readonly name: string;
  readonly gender: Gender;
  readonly phone: string;
  readonly email: string;
  /** "YYYY-MM-DD" */
  readonly birthDate: string;
  readonly locale: "uk" | "ru" | "en";
};

const KINDS: readonly { list: NameList; locale: Human["locale"]; weight: number }[] = [
  { list: UKRAINIAN, locale: "uk", weight: 86 },
  { list: RUSSIAN, locale: "ru", weight: 10 },
  { list: FOREIGN, locale: "en", weight: 4 },
];
// Reserved for examples (RFC 2606): a letter sent here by mistake reaches nobody.
const DOMAINS = ["example.com", "example.org", "example.net"];

/**
 * The nth human of a town. Phones and e-mails are unique by n.
 *
 * Shape: phones are +380 40 ..., a prefix that Ukraine has given to no network, so that nobody's number is in the demo.
 */
export function human(dice: Dice, n: number, gender: Gender, thisYear: number): Human {
  const { list, locale } = dice.weighted(KINDS, (kind) => kind.weight);
  const first = dice.pick(list[gender]);
  const surnames = dice.pick(list.surnames);
  const last = gender === "female" ? surnames[0] : surnames[1];
  const year = thisYear - Math.round(19 + 42 * dice.share() ** 1.4);
  const birthDate = new Date(Date.UTC(year, 0, 1) + dice.whole(0, 364) * 86_400_000);
  return {
    name: `${first} ${last}`,
    gender,
    // 7,919 is prime to ten million: every n another number, none next to each other.
    phone: `+38040${String((2_000_003 + n * 7_919) % 10_000_000).padStart(7, "0")}`,
    email: `${latin(first)}.${latin(last)}${n}@${dice.pick(DOMAINS)}`,
    birthDate: birthDate.toISOString().slice(0, 10),
    locale,
  };
}
