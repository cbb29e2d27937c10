import { Users } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { ButtonLink } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableHead, TableRow, Td, Th } from "@/components/ui/table";
import type { PersonThere } from "@/lib/journeys";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";

const PAGE = 100;

/** Who is where and why, the last to enter first. */
export async function PeopleView({
  people,
  f,
  locale,
  path,
  titleOf,
}: {
  people: readonly PersonThere[];
  f: Formats;
  locale: Locale;
  path: { kind: "journeys" | "campaigns"; id: bigint };
  titleOf: (step: string) => string;
}) {
  const t = await getTranslations("journeys");
  const said = (code: string) =>
    t.has(`code.${code}` as "code.exit") ? t(`code.${code}` as "code.exit") : code;
  const last = people.at(-1);
  if (!last) {
    return (
      <Card>
        <EmptyState icon={<Users />} title={t("people.none")}>
          {t("people.noneText")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card className="overflow-x-auto">
      <Table label={t("people.where")}>
        <TableHead>
          <TableRow>
            <Th>{t("people.who")}</Th>
            <Th>{t("people.where")}</Th>
            <Th>{t("people.entered")}</Th>
            <Th>{t("people.next")}</Th>
          </TableRow>
        </TableHead>
        <TableBody>
          {people.map((one) => (
            <TableRow key={String(one.id)}>
              <Td>
                <Link
                  className="font-medium hover:underline"
                  href={`/${locale}/office/members/${one.memberId}`}
                >
                  {one.name ?? String(one.memberId)}
                </Link>
              </Td>
              <Td>
                <Badge
                  tone={one.state === "active" ? "brand" : one.state === "failed" ? "danger" : "neutral"}
                >
                  {t(`run.${one.state as "active"}`)}
                </Badge>{" "}
                {one.step !== null && <span>{titleOf(one.step)}</span>}
                {one.because.length > 0 && (
                  <span className="block text-sm text-muted">
                    {one.because
                      .map((passed) => `${titleOf(passed.step)} — ${said(passed.code)}`)
                      .join(" → ")}
                  </span>
                )}
              </Td>
              <Td className="tabular-nums">{f.date(one.enteredAt, "dateTime")}</Td>
              <Td className="tabular-nums">{one.dueAt ? f.date(one.dueAt, "dateTime") : "—"}</Td>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {people.length === PAGE && (
        <div className="p-4">
          <ButtonLink
            variant="secondary"
            size="sm"
            href={`/${locale}/office/${path.kind}/${path.id}?view=people&before=${last.id}`}
          >
            {t("people.more")}
          </ButtonLink>
        </div>
      )}
    </Card>
  );
}
