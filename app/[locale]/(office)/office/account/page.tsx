import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { Sessions } from "@/components/access/sessions";
import { SetPassword } from "@/components/access/set-password";
import { ClientTexts } from "@/components/shell/client-texts";
import { PageHeader } from "@/components/shell/page-header";
import { ButtonLink } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  deviceOf,
  isFresh,
  listSessions,
  type SignedInStaff,
  signedInStaff,
  staffBusinesses,
  staffOrSignIn,
} from "@/lib/access";
import { assert } from "@/lib/kernel/refusals";
import { formats } from "@/lib/platform/i18n/format";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("enter.account"))("title") };
}

/** A staff person's own sign-in: password, browsers, and the other businesses they work for. */
export default async function AccountPage() {
  const locale = await getLocale();
  const ctx = await staffOrSignIn(locale, `/${locale}/office/account`);
  const staff = await signedInStaff();
  assert(staff, "whoever works in a business is signed in");
  const [t, sessions] = await Promise.all([getTranslations("enter.account"), listSessions(staff)]);
  const { date } = formats({ locale, zone: ctx.business.zone });
  return (
    <ClientTexts areas={["common", "office", "codes", "enter"]}>
      <PageHeader title={t("title")} description={t("text")} />
      <div className="grid gap-6 xl:grid-cols-2 xl:items-start">
        <div className="grid gap-6">
          <You staff={staff} />
          <Card>
            <CardHeader>
              <CardTitle>{t("password")}</CardTitle>
            </CardHeader>
            <CardBody>
              <SetPassword email={staff.email} asksCurrent={!isFresh(staff)} />
            </CardBody>
          </Card>
        </div>
        <Card>
          <CardHeader>
            <div>
              <CardTitle>{t("sessions")}</CardTitle>
              <CardDescription>{t("sessionsText")}</CardDescription>
            </div>
          </CardHeader>
          <CardBody>
            <Sessions
              who="staff"
              locale={locale}
              sessions={sessions.map(({ id, isThis, signedInAt, userAgent }) => ({
                id,
                isThis,
                device: deviceOf(userAgent),
                since: date(signedInAt, "dateTime"),
              }))}
            />
          </CardBody>
        </Card>
      </div>
    </ClientTexts>
  );
}

async function You({ staff }: { staff: SignedInStaff }) {
  const [locale, t, roles, businesses] = await Promise.all([
    getLocale(),
    getTranslations("enter.account"),
    getTranslations("enter.choose.role"),
    staffBusinesses(staff),
  ]);
  const actor = staff.context?.actor;
  const rows = [
    [t("name"), actor?.kind === "staff" ? actor.name : ""],
    [t("email"), staff.email],
    [t("role"), actor?.kind === "staff" ? roles(actor.role) : ""],
    [t("business"), staff.context?.business.name ?? ""],
  ];
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("you")}</CardTitle>
        {businesses.length > 1 && (
          <ButtonLink href={`/${locale}/sign-in/choose`} variant="secondary" size="sm">
            {t("switch")}
          </ButtonLink>
        )}
      </CardHeader>
      <CardBody>
        <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2">
          {rows.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="min-w-0 break-words">{value}</dd>
            </div>
          ))}
        </dl>
      </CardBody>
    </Card>
  );
}
