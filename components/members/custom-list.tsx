"use client";
import { Archive, ArchiveRestore, ArrowDown, ArrowUp, ListPlus } from "lucide-react";
import { useTranslations } from "next-intl";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Card, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { CustomField } from "@/lib/members";
import { archiveCustomField, moveCustomField } from "@/lib/members/actions";
import { CUSTOM_FIELDS_MAX } from "@/lib/members/model";
import { CustomDialog } from "./custom-dialog";

/** The custom fields in use, in their order, and those put away. */
export function CustomList({ used, away }: { used: readonly CustomField[]; away: readonly CustomField[] }) {
  const t = useTranslations("profile.fields");
  const moving = useAct(moveCustomField);
  const archiving = useAct(archiveCustomField, { said: t("archived") });
  const restoring = useAct(archiveCustomField, { said: t("restored") });
  const isPending = moving.isPending || archiving.isPending || restoring.isPending;
  return (
    <div className="grid gap-6">
      <FailureNotice failure={moving.failure ?? archiving.failure ?? restoring.failure} />
      <Card>
        {used.length === 0 ? (
          <EmptyState icon={<ListPlus />} title={t("empty")}>
            {t("emptyText")}
          </EmptyState>
        ) : (
          <>
            <ol className="divide-y divide-line">
              {used.map((field, index) => (
                <li
                  key={field.id.toString()}
                  className="flex flex-wrap items-center gap-x-3 gap-y-1 px-5 py-3 sm:px-6"
                >
                  <Named field={field} />
                  <span className="flex">
                    <Button
                      variant="ghost"
                      size="sm"
                      icon
                      disabled={index === 0 || isPending}
                      aria-label={t("up", { name: field.name })}
                      onClick={() => moving.run({ id: field.id, by: -1 })}
                    >
                      <ArrowUp aria-hidden="true" />
                    </Button>
                    <Button
                      variant="ghost"
                      size="sm"
                      icon
                      disabled={index === used.length - 1 || isPending}
                      aria-label={t("down", { name: field.name })}
                      onClick={() => moving.run({ id: field.id, by: 1 })}
                    >
                      <ArrowDown aria-hidden="true" />
                    </Button>
                    <CustomDialog field={field} />
                    <Button
                      variant="ghost"
                      size="sm"
                      icon
                      disabled={isPending}
                      aria-label={t("archive", { name: field.name })}
                      onClick={() => archiving.run({ id: field.id, archived: true })}
                    >
                      <Archive aria-hidden="true" />
                    </Button>
                  </span>
                </li>
              ))}
            </ol>
            <p className="border-t px-5 py-3 text-sm text-faint sm:px-6">
              {t("count", { count: used.length, max: CUSTOM_FIELDS_MAX })}
            </p>
          </>
        )}
      </Card>
      {away.length > 0 && (
        <Card>
          <CardHeader>
            <CardTitle>{t("away")}</CardTitle>
          </CardHeader>
          <ul className="divide-y divide-line pt-2">
            {away.map((field) => (
              <li key={field.id.toString()} className="flex flex-wrap items-center gap-3 px-5 py-3 sm:px-6">
                <Named field={field} />
                <Button
                  variant="secondary"
                  size="sm"
                  disabled={isPending}
                  onClick={() => restoring.run({ id: field.id, archived: false })}
                >
                  <ArchiveRestore aria-hidden="true" />
                  {t("restore")}
                </Button>
              </li>
            ))}
          </ul>
        </Card>
      )}
    </div>
  );
}

function Named({ field }: { field: CustomField }) {
  const t = useTranslations("profile.fields");
  return (
    <span className="min-w-0 flex-1 basis-52">
      <span className="flex flex-wrap items-center gap-2">
        <span className="font-medium wrap-anywhere">{field.name}</span>
        <Badge>{t(`kinds.${field.kind}`)}</Badge>
      </span>
      {field.options.length > 0 && (
        <span className="block text-sm text-faint wrap-anywhere">{field.options.join(" · ")}</span>
      )}
    </span>
  );
}
