"use client";
import { Play } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Switch } from "@/components/ui/choice";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { startJourney } from "@/lib/journeys/actions";

/** Puts a draft in force; for a journey under way, asks what becomes of the people in it. */
export function StartButton({
  drawing,
  isReady,
}: {
  drawing: { id: bigint; kind: "journey" | "campaign"; revision: number; version: number };
  isReady: boolean;
}) {
  const t = useTranslations("journeys");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [moves, setMoves] = useState(false);
  const { run, isPending, failure } = useAct(startJourney, {
    said: t("draw.started"),
    onDone: () => setOpen(false),
  });
  const label = drawing.version === 0 ? t("draw.start") : t("draw.publish");
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button disabled={!isReady}>
          <Play aria-hidden="true" />
          {label}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={label}
        description={drawing.kind === "campaign" ? t("campaign.startText") : undefined}
        footer={
          <>
            <Button variant="secondary" onClick={() => setOpen(false)}>
              {common("cancel")}
            </Button>
            <Button
              busy={isPending}
              onClick={() => run({ id: drawing.id, revision: drawing.revision, moves })}
            >
              {label}
            </Button>
          </>
        }
      >
        <div className="grid gap-4">
          {drawing.version > 0 && (
            <Switch
              label={t("draw.moves")}
              hint={t("draw.movesHint")}
              checked={moves}
              onChange={(event) => setMoves(event.currentTarget.checked)}
            />
          )}
          <FailureNotice failure={failure} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
