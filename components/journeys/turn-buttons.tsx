"use client";
import { CirclePause, CirclePlay, CircleStop, Trash2, Waves } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/office/confirm-button";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { dropJourney, turnJourney } from "@/lib/journeys/actions";

const BY_STATE: Readonly<Record<string, readonly ("pause" | "resume" | "drain")[]>> = {
  live: ["pause", "drain"],
  paused: ["resume", "drain"],
  draining: ["pause", "resume"],
};
const ICONS = { pause: CirclePause, resume: CirclePlay, drain: Waves } as const;

/** What may be done to a journey that runs, or to a draft that never did. */
export function TurnButtons({
  id,
  kind,
  state,
  version,
}: {
  id: bigint;
  kind: "journey" | "campaign";
  state: string;
  version: number;
}) {
  const t = useTranslations("journeys");
  const locale = useLocale();
  const router = useRouter();
  const { run, isPending, failure } = useAct(turnJourney, { said: t("turn.done") });
  const drop = useAct(dropJourney, {
    said: t("turn.done"),
    onDone: () => {
      if (kind === "campaign") router.push(`/${locale}/office/campaigns`);
      else router.push(`/${locale}/office/journeys`);
    },
  });
  const turns = (BY_STATE[state] ?? []).filter((what) => kind === "journey" || what !== "drain");
  return (
    <>
      {turns.map((what) => {
        const Icon = ICONS[what];
        return (
          <Button
            key={what}
            variant="secondary"
            size="sm"
            busy={isPending}
            title={what === "drain" ? t("turn.drainText") : undefined}
            onClick={() => run({ id, what })}
          >
            <Icon aria-hidden="true" />
            {t(`turn.${what}`)}
          </Button>
        );
      })}
      {turns.length > 0 && (
        <ConfirmButton
          label={t("turn.stop")}
          icon={<CircleStop aria-hidden="true" />}
          title={t("turn.stopTitle")}
          text={t("turn.stopText")}
          act={t("turn.stop")}
          isPending={isPending}
          onConfirm={() => run({ id, what: "stop" })}
        />
      )}
      {version === 0 && (
        <ConfirmButton
          label={t("draw.drop")}
          icon={<Trash2 aria-hidden="true" />}
          title={t("draw.drop")}
          text={t("draw.dropText")}
          act={t("draw.drop")}
          isPending={drop.isPending}
          onConfirm={() => drop.run({ id })}
        />
      )}
      <FailureNotice failure={failure ?? drop.failure} />
    </>
  );
}
