import type { useTranslations } from "next-intl";
import type { Missing } from "@/lib/tiers/model";

type Texts = ReturnType<typeof useTranslations<"tiers">>;
type Amount = bigint | number;
/** What is missing, also as JSON carries it. */
type MissingLike = { readonly [Key in keyof Missing]: Amount | null };

/** "1 200 ₴ or 3 visits": every way that leads there. Pure and browser-safe. */
export function leftText(left: MissingLike, t: Texts, money: (minor: bigint) => string): string {
  const ways = [
    left.moneyLeftMinor === null ? null : money(BigInt(left.moneyLeftMinor)),
    left.visitsLeft === null ? null : t("left.visits", { count: Number(left.visitsLeft) }),
    left.invitedLeft === null ? null : t("left.friends", { count: Number(left.invitedLeft) }),
    left.experienceLeft === null ? null : t("left.experience", { count: String(left.experienceLeft) }),
  ];
  return ways.filter((way) => way !== null).join(t("left.or"));
}
