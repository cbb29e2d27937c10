import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import type { Locale } from "@/lib/platform/i18n/locales";

/** The groups a member is in, each leading to its page. */
export async function MemberSegments({
  own,
  locale,
}: {
  own: readonly { readonly id: bigint; readonly name: string }[];
  locale: Locale;
}) {
  const t = await getTranslations("segments.member");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
      </CardHeader>
      <CardBody className="flex flex-wrap gap-2">
        {own.map(({ id, name }) => (
          <Link key={id.toString()} href={`/${locale}/office/segments/${id}`} className="max-w-full">
            <Badge>
              <span className="wrap-anywhere">{name}</span>
            </Badge>
          </Link>
        ))}
        {own.length === 0 && <span className="text-faint">{t("none")}</span>}
      </CardBody>
    </Card>
  );
}
