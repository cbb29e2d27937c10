import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Avatar } from "@/components/ui/avatar";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { type Context, may } from "@/lib/access";
import type { Household } from "@/lib/members";
import { displayName } from "@/lib/members/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { HouseholdAdd } from "./household-add";
import { HouseholdEdit } from "./household-edit";
import { HouseholdLeave } from "./household-leave";

/** Who belongs together with this member, what all of them spent, and the way to each. */
export async function HouseholdCard({
  ctx,
  memberId,
  household,
  locale,
  f,
}: {
  ctx: Context;
  memberId: bigint;
  household: Household | undefined;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("people.household");
  const mayChange = may(ctx.actor, "members:write");
  const members = household?.members ?? [];
  return (
    <Card>
      <CardHeader>
        <div className="min-w-0">
          <CardTitle>{household ? household.name : t("title")}</CardTitle>
          {household && (
            <p className="text-sm text-muted">
              {t("total", {
                money: f.money(household.cashSpentMinor, { whole: "drop" }),
                visits: household.visits,
              })}
            </p>
          )}
        </div>
        {household && mayChange && (
          <HouseholdEdit
            memberId={memberId}
            name={household.name}
            members={members.map((one) => ({ id: one.id, name: displayName(one), isPayer: one.isPayer }))}
          />
        )}
      </CardHeader>
      <CardBody className="grid gap-3">
        {household ? (
          <Relatives household={household} memberId={memberId} mayChange={mayChange} locale={locale} f={f} />
        ) : (
          <p className="text-faint">{t("none")}</p>
        )}
        {mayChange && (
          <HouseholdAdd memberId={memberId} isNew={!household} except={members.map(({ id }) => id)} />
        )}
      </CardBody>
    </Card>
  );
}

async function Relatives({
  household,
  memberId,
  mayChange,
  locale,
  f,
}: {
  household: Household;
  memberId: bigint;
  mayChange: boolean;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("people.household");
  return (
    <ul className="grid gap-3">
      {household.members.map((one) => {
        const name = displayName(one);
        return (
          <li key={one.id.toString()} className="flex items-center gap-3">
            <Avatar name={name} seed={one.id.toString()} size="sm" />
            <span className="min-w-0 flex-1">
              <span className="flex flex-wrap items-center gap-x-2">
                {one.id === memberId ? (
                  <span className="truncate font-medium">{name}</span>
                ) : (
                  <Link
                    className="truncate font-medium text-brand hover:underline"
                    href={`/${locale}/office/members/${one.id}`}
                  >
                    {name}
                  </Link>
                )}
                {one.isPayer && <Badge tone="brand">{t("pays")}</Badge>}
                {one.id === memberId && <span className="text-sm text-faint">{t("self")}</span>}
              </span>
              <span className="block text-sm text-muted tabular-nums">
                {t("figures", {
                  points: f.points(one.points),
                  money: f.money(one.cashSpentMinor, { whole: "drop" }),
                })}
              </span>
            </span>
            {mayChange && <HouseholdLeave memberId={one.id} name={name} />}
          </li>
        );
      })}
    </ul>
  );
}
