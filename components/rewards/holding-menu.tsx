"use client";
import { MoreHorizontal } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { countUse, takeEntitlementBack, undoEntitlementUse } from "@/lib/program/actions";
import { useAct } from "../office/use-act";
import { Button } from "../ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "../ui/dropdown-menu";
import { useToast } from "../ui/toast";

/** What may be done with one thing a member holds: count a use, take one back, take it away. */
export function HoldingMenu({
  id,
  name,
  may,
}: {
  id: bigint;
  name: string;
  may: { use: boolean; undo: boolean; take: boolean };
}) {
  const t = useTranslations("rewards.held");
  const codes = useTranslations("codes");
  const toast = useToast();
  const use = useAct(countUse, { said: t("used") });
  const undo = useAct(undoEntitlementUse, { said: t("undone") });
  const take = useAct(takeEntitlementBack, { said: t("taken") });
  const failure = use.failure ?? undo.failure ?? take.failure;
  useEffect(() => {
    if (failure) toast(codes(failure.code), "danger");
  }, [failure, toast, codes]);
  if (!may.use && !may.undo && !may.take) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          icon
          aria-label={t("menu", { name })}
          busy={use.isPending || undo.isPending || take.isPending}
        >
          <MoreHorizontal aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {may.use && <DropdownMenuItem onSelect={() => use.run({ id })}>{t("use")}</DropdownMenuItem>}
        {may.undo && <DropdownMenuItem onSelect={() => undo.run({ id })}>{t("undo")}</DropdownMenuItem>}
        {may.take && <DropdownMenuItem onSelect={() => take.run({ id })}>{t("take")}</DropdownMenuItem>}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
