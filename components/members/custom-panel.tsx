import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { type Context, may } from "@/lib/access";
import type { CustomField } from "@/lib/members";
import type { CustomValue } from "@/lib/members/model";
import { amountText } from "@/lib/platform/i18n/amount";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { CustomValuesDialog } from "./custom-values-dialog";
import type { MemberReading } from "./member-reading";

/** What the business's own fields say of a member; nothing where there are none and the reader cannot make any. */
export async function CustomPanel({
  memberId,
  name,
  read: { fields: all, values },
  ctx,
  locale,
  f,
}: {
  memberId: bigint;
  name: string;
  read: Pick<MemberReading, "fields" | "values">;
  ctx: Context;
  locale: Locale;
  f: Formats;
}) {
  const t = await getTranslations("profile.fields");
  const fields = all.filter(({ archivedAt }) => archivedAt === null);
  const maySetUp = may(ctx.actor, "programme:write");
  if (fields.length === 0 && !maySetUp) return null;
  const known = fields.flatMap((field) => {
    const value = values.get(field.id);
    return value === undefined ? [] : [{ field, value }];
  });
  const shown = (field: CustomField, value: CustomValue) => {
    if (typeof value === "boolean") return t(value ? "yes" : "no");
    if (typeof value === "number") return amountText(BigInt(Math.round(value * 100)), locale);
    return field.kind === "day" ? f.calendar(value) : value;
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("panel")}</CardTitle>
        {fields.length > 0 && may(ctx.actor, "members:write") && (
          <CustomValuesDialog memberId={memberId} name={name} fields={fields} values={values} />
        )}
      </CardHeader>
      <CardBody className="grid gap-3 text-sm">
        {known.length > 0 ? (
          <dl className="grid gap-3">
            {known.map(({ field, value }) => (
              <div key={field.id.toString()} className="flex justify-between gap-4">
                <dt className="text-faint wrap-anywhere">{field.name}</dt>
                <dd className="min-w-0 text-right whitespace-pre-line wrap-anywhere">
                  {shown(field, value)}
                </dd>
              </div>
            ))}
          </dl>
        ) : (
          <p className="text-faint">{t(fields.length === 0 ? "empty" : "none")}</p>
        )}
        {fields.length === 0 && (
          <Link href={`/${locale}/office/fields`} className="w-fit text-brand underline underline-offset-2">
            {t("setUp")}
          </Link>
        )}
      </CardBody>
    </Card>
  );
}
