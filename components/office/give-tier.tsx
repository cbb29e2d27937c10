"use client";
import { Award } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogTrigger } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { endTierNow, giveTierByHand } from "@/lib/program/actions";
import { FailureNotice } from "./failure-notice";
import { useAct } from "./use-act";

/** Puts a member on a tier until the end of a day, or ends the one that was given. */
export function GiveTier({
  memberId,
  tiers,
  today,
  isGiven,
}: {
  memberId: bigint;
  tiers: readonly { id: string; name: string }[];
  today: string;
  isGiven: boolean;
}) {
  const t = useTranslations("tiers.member");
  const common = useTranslations("common");
  const [isOpen, setOpen] = useState(false);
  const [tierId, setTierId] = useState(tiers.at(-1)?.id ?? "");
  const [until, setUntil] = useState("");
  const [comment, setComment] = useState("");
  const give = useAct(giveTierByHand, { said: t("given_done"), onDone: () => setOpen(false) });
  return (
    <div className="flex flex-wrap gap-2">
      <Dialog
        open={isOpen}
        onOpenChange={(open) => {
          setOpen(open);
          give.forget();
        }}
      >
        <DialogTrigger asChild>
          <Button variant="secondary" size="sm">
            <Award aria-hidden="true" />
            {t("give")}
          </Button>
        </DialogTrigger>
        <DialogContent
          title={t("give")}
          description={t("giveText")}
          footer={
            <>
              <Button variant="secondary" onClick={() => setOpen(false)}>
                {common("cancel")}
              </Button>
              <Button
                busy={give.isPending}
                disabled={until < today || comment.trim() === ""}
                onClick={() => give.run({ memberId, tierId, until, comment })}
              >
                {t("giveDo")}
              </Button>
            </>
          }
        >
          <div className="grid gap-5">
            <div className="grid items-start gap-5 sm:grid-cols-2">
              <Field label={t("giveTier")}>
                <Select value={tierId} onChange={(event) => setTierId(event.target.value)}>
                  {tiers.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </Select>
              </Field>
              <Field label={t("giveUntil")}>
                <Input
                  type="date"
                  min={today}
                  value={until}
                  onChange={(event) => setUntil(event.target.value)}
                />
              </Field>
            </div>
            <Field label={t("giveComment")} hint={t("giveCommentHint")}>
              <Input value={comment} maxLength={200} onChange={(event) => setComment(event.target.value)} />
            </Field>
            <FailureNotice failure={give.failure} />
          </div>
        </DialogContent>
      </Dialog>
      {isGiven && <EndTier memberId={memberId} />}
    </div>
  );
}

function EndTier({ memberId }: { memberId: bigint }) {
  const t = useTranslations("tiers.member");
  const end = useAct(endTierNow, { said: t("ended") });
  return (
    <Button variant="ghost" size="sm" busy={end.isPending} onClick={() => end.run({ memberId })}>
      {t("end")}
    </Button>
  );
}
