"use client";
import { type ReactNode, useActionState } from "react";
import { Button } from "@/components/ui/button";
import { signOutStaff } from "@/lib/access/actions";

/** Ends the session of this browser and goes to the sign-in. */
export function SignOut({ locale, label, icon }: { locale: string; label: string; icon: ReactNode }) {
  const [, act, isPending] = useActionState(signOutStaff, null);
  return (
    <form action={act}>
      <input type="hidden" name="locale" value={locale} />
      <Button type="submit" variant="ghost" size="sm" icon aria-label={label} title={label} busy={isPending}>
        {icon}
      </Button>
    </form>
  );
}
