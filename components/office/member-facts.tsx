import Link from "next/link";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import type { Customer } from "@/lib/sales";

/** What is known of the person behind a member. */
export async function MemberFacts({
  customer,
  f,
  locale,
}: {
  customer: Customer;
  f: Formats;
  locale: Locale;
}) {
  const [t, more] = await Promise.all([
    getTranslations("office.member.facts"),
    getTranslations("profile.head"),
  ]);
  const { member } = customer;
  const source = t.has(`sources.${member.source}` as "sources.join")
    ? t(`sources.${member.source}` as "sources.join")
    : member.source;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody>
        <dl className="grid gap-3 text-sm">
          <Fact name={t("phone")}>{member.phone}</Fact>
          <Fact name={t("email")}>{member.email}</Fact>
          <Fact name={t("birthday")}>{member.birthDate && f.calendar(member.birthDate)}</Fact>
          <Fact name={t("gender")}>{member.gender && t(member.gender)}</Fact>
          <Fact name={t("since")}>{f.date(member.createdAt)}</Fact>
          <Fact name={t("source")}>{source}</Fact>
          <Fact name={more("saved")}>{f.money(customer.savedMinor, { whole: "drop" })}</Fact>
          <Fact name={t("app")}>{member.personId === null ? t("no") : t("yes")}</Fact>
          {member.inviterId !== null && (
            <Fact name={t("inviter")}>
              <Link
                className="text-brand underline underline-offset-2"
                href={`/${locale}/office/members/${member.inviterId.toString()}`}
              >
                {t("open")}
              </Link>
            </Fact>
          )}
          <Fact name={t("note")} isLong>
            {member.note}
          </Fact>
        </dl>
      </CardBody>
    </Card>
  );
}

function Fact({ name, isLong = false, children }: { name: string; isLong?: boolean; children: ReactNode }) {
  if (!children) return null;
  return (
    <div className={isLong ? "grid gap-1" : "flex justify-between gap-4"}>
      <dt className="shrink-0 text-faint">{name}</dt>
      <dd className={isLong ? "whitespace-pre-line wrap-anywhere" : "min-w-0 text-right wrap-anywhere"}>
        {children}
      </dd>
    </div>
  );
}
