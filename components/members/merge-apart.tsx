"use client";
import { useTranslations } from "next-intl";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { keepMembersApart } from "@/lib/members/actions";

/** "These are two people": the pair is not shown again. */
export function KeepApart({ aId, bId }: { aId: bigint; bId: bigint }) {
  const t = useTranslations("people.duplicates");
  const { run, isPending } = useAct(keepMembersApart, { said: t("apartDone") });
  return (
    <Button size="sm" variant="secondary" busy={isPending} onClick={() => run({ aId, bId })}>
      {t("apart")}
    </Button>
  );
}
