"use client";
import { type ReactNode, useActionState } from "react";
import { IconButton } from "@/components/ui/button";
import { signOutStaff } from "@/lib/access/actions";

/** Ends the session of this browser and goes to the sign-in. */
export function SignOut({ locale, label, icon }: { locale: string; label: string; icon: ReactNode }) {
  const [, act, isPending] = useActionState(signOutStaff, null);
  return (
    <form action={act}>
      <input type="hidden" name="locale" value={locale} />
      <IconButton type="submit" label={label} busy={isPending}>
        {icon}
      </IconButton>
    </form>
  );
}
