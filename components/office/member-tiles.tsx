import { getTranslations } from "next-intl/server";
import { StatTile } from "@/components/ui/stat-tile";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Customer } from "@/lib/sales";

/** What a member has and what they are to the business, in four numbers. */
export async function MemberTiles({ customer, f, now }: { customer: Customer; f: Formats; now: Date }) {
  const t = await getTranslations("office.member");
  const { available, pending, pendingAt, expiring, expiresAt } = customer;
  const soon =
    pending > 0n && pendingAt
      ? t("pendingFrom", { points: f.points(pending), date: f.date(pendingAt) })
      : expiresAt && expiring > 0n
        ? t("expiring", { points: f.points(expiring), date: f.date(new Date(expiresAt.getTime() - 1)) })
        : t("nothingExpires");
  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4 [&>*]:max-xl:p-4 [&>*]:max-xl:[&>p:nth-child(2)]:text-xl">
      <StatTile label={t("balance")} value={f.points(available)} hint={available < 0n ? t("owed") : soon} />
      <StatTile
        label={t("visits")}
        value={f.count(customer.visits)}
        hint={customer.lastAt ? t("last", { when: f.days(customer.lastAt, now) }) : t("never")}
      />
      <StatTile
        label={t("spent")}
        value={f.money(customer.cashSpentMinor, { whole: "drop" })}
        hint={
          customer.visits > 0
            ? t("perVisit", {
                amount: f.money(customer.cashSpentMinor / BigInt(customer.visits), { whole: "drop" }),
              })
            : undefined
        }
      />
      <StatTile
        label={t("saved")}
        value={f.money(customer.savedMinor, { whole: "drop" })}
        hint={t("invited", { count: customer.effectiveInvited })}
      />
    </div>
  );
}
