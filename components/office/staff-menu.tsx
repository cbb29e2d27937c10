"use client";
import { Ellipsis } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useToast } from "@/components/ui/toast";
import type { StaffMember } from "@/lib/access";
import { changeRole, disableStaff, enableStaff, inviteAgain } from "@/lib/access/actions";
import { ROLES, type Role } from "@/lib/access/model";
import { type Failure, useAct } from "./use-act";
import { FailureText } from "./uses";

/** What can be done about one of the team: another role, another invitation, no more access or access again. */
export function StaffMenu({ staff }: { staff: StaffMember }) {
  const t = useTranslations("office.team.menu");
  const roles = useTranslations("office.role");
  const role = useAct(changeRole, { said: t("roleDone") });
  const disable = useAct(disableStaff, { said: t("disabled") });
  const enable = useAct(enableStaff, { said: t("enabled") });
  const invite = useAct(inviteAgain, { said: t("invited") });
  useFailureToast(role.failure ?? disable.failure ?? enable.failure ?? invite.failure);
  const { id } = staff;
  // Who has no address cannot sign in, and only a cashier works without.
  const possible = ROLES.filter((one) => one === "cashier" || staff.email !== null);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="sm"
          icon
          aria-label={t("open", { name: staff.name })}
          busy={role.isPending || disable.isPending || enable.isPending || invite.isPending}
        >
          <Ellipsis aria-hidden="true" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuLabel>{t("role")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={staff.role}
          onValueChange={(value) => role.run({ id, role: value as Role })}
        >
          {possible.map((one) => (
            <DropdownMenuRadioItem key={one} value={one}>
              {roles(one)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        {staff.email !== null && !staff.disabledAt && (
          <DropdownMenuItem onSelect={() => invite.run({ id })}>{t("invite")}</DropdownMenuItem>
        )}
        {staff.disabledAt ? (
          <DropdownMenuItem onSelect={() => enable.run({ id })}>{t("enable")}</DropdownMenuItem>
        ) : (
          <DropdownMenuItem danger onSelect={() => disable.run({ id })}>
            {t("disable")}
          </DropdownMenuItem>
        )}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** Says what went wrong where there is no place beside the button to say it. */
export function useFailureToast(failure: Failure | null) {
  const toast = useToast();
  useEffect(() => {
    if (failure) toast(<FailureText failure={failure} />, "danger");
  }, [failure, toast]);
}
