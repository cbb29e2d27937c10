"use client";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import {
  AlertDialog,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { formats } from "@/lib/platform/i18n/format";
import type { Effect } from "@/lib/program";
import { saveSettings } from "@/lib/program/actions";
import type { ProgrammeSettings } from "@/lib/program/schema";
import { changeText } from "./change-text";
import { Moves } from "./effect-panel";
import { FailureNotice } from "./failure-notice";
import { useAct } from "./use-act";

/** Puts the draft in force after showing once more what it changes. */
export function SaveProgramme({
  basedOn,
  settings,
  effect,
  currency,
  isReady,
  isBroken,
}: {
  basedOn: number;
  settings: ProgrammeSettings;
  effect: Effect;
  currency: string;
  isReady: boolean;
  isBroken: boolean;
}) {
  const t = useTranslations("office.programme.save");
  const change = useTranslations("office.programme.change");
  const tiers = useTranslations("tiers");
  const common = useTranslations("common");
  const router = useRouter();
  const f = formats({ locale: useLocale(), currency });
  const [isOpen, setOpen] = useState(false);
  const { run, isPending, failure, forget } = useAct(saveSettings, {
    said: t("done"),
    onDone: () => setOpen(false),
  });
  const isStale = failure?.code === "stale";
  return (
    <AlertDialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        forget();
      }}
    >
      <AlertDialogTrigger asChild>
        <Button size="lg" disabled={!isReady}>
          {effect.changes.length === 0 ? t("keep") : t("open")}
        </Button>
      </AlertDialogTrigger>
      {isBroken && <p className="text-sm text-danger">{t("broken")}</p>}
      <AlertDialogContent
        title={effect.changes.length === 0 ? t("keepTitle") : t("title")}
        description={effect.changes.length === 0 ? t("keepText") : t("text")}
        footer={
          <>
            <AlertDialogCancel asChild>
              <Button variant="secondary">{common("cancel")}</Button>
            </AlertDialogCancel>
            {isStale ? (
              <Button onClick={() => router.refresh()}>{t("reload")}</Button>
            ) : (
              <Button busy={isPending} onClick={() => run({ basedOn, settings })}>
                {t("do")}
              </Button>
            )}
          </>
        }
      >
        <div className="grid gap-4">
          {effect.changes.length > 0 && (
            <ul className="grid list-disc gap-1 pl-5 text-sm">
              {effect.changes.map((one) => (
                <li key={`${one.code}-${one.tier ?? ""}`}>{changeText(one, change, tiers, f)}</li>
              ))}
            </ul>
          )}
          {effect.moves.length > 0 && <Moves moves={effect.moves} f={f} />}
          {isStale ? (
            <Notice tone="warning" live title={t("stale")}>
              {t("staleText")}
            </Notice>
          ) : (
            <FailureNotice failure={failure} />
          )}
        </div>
      </AlertDialogContent>
    </AlertDialog>
  );
}
