import { Download, Merge } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { ButtonLink, buttonClass } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { type Context, may } from "@/lib/access";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { EraseButton } from "./erase-button";

/** What may be done with all that is known of a member: merged, carried out, forgotten; by those who may. */
export async function DataCard({
  ctx,
  memberId,
  name,
  points,
  locale,
  f,
}: {
  ctx: Context;
  memberId: bigint;
  name: string;
  points: bigint;
  locale: Locale;
  f: Formats;
}) {
  const [t, merge] = await Promise.all([getTranslations("people.data"), getTranslations("people.merge")]);
  const can = {
    merge: may(ctx.actor, "members:merge"),
    carry: may(ctx.actor, "imports:write"),
    erase: may(ctx.actor, "members:erase"),
  };
  if (!can.merge && !can.carry && !can.erase) return null;
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid grid-cols-1 justify-items-start gap-3">
        {can.merge && (
          <ButtonLink variant="secondary" href={`/${locale}/office/members/${memberId}/merge`}>
            <Merge aria-hidden="true" />
            {merge("open")}
          </ButtonLink>
        )}
        {can.carry && (
          <div className="grid gap-1">
            {/* A file, so a plain link: the router has nothing to show. */}
            <a
              className={buttonClass({ variant: "secondary" })}
              href={`/${locale}/office/members/${memberId}/data.json`}
              download
            >
              <Download aria-hidden="true" />
              {t("export")}
            </a>
            <span className="text-sm text-faint">{t("exportHint")}</span>
          </div>
        )}
        {can.erase && (
          <div className="grid gap-1">
            <EraseButton memberId={memberId} name={name} points={f.points(points > 0n ? points : 0n)} />
            <span className="text-sm text-faint">{t("eraseHint")}</span>
          </div>
        )}
      </CardBody>
    </Card>
  );
}
