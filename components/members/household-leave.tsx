"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { leaveHousehold } from "@/lib/members/actions";

/** Takes one person out of the household. */
export function HouseholdLeave({ memberId, name }: { memberId: bigint; name: string }) {
  const t = useTranslations("people.household");
  const { run, isPending } = useAct(leaveHousehold, { said: t("removeDone") });
  return (
    <Button
      size="sm"
      variant="ghost"
      icon
      busy={isPending}
      aria-label={t("remove", { name })}
      onClick={() => run({ memberId })}
    >
      <X aria-hidden="true" />
    </Button>
  );
}
