"use client";
import { LogOut } from "lucide-react";
import { startTransition, useActionState } from "react";
import { signOutPerson, signOutStaff } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button, type ButtonSize, type ButtonVariant } from "../ui/button";

/** Signs this browser out. `iconOnly`: the label is read out, the icon shown. */
export function SignOut({
  who,
  locale,
  label,
  iconOnly = false,
  variant = "ghost",
  size = "md",
  className,
}: {
  who: "staff" | "person";
  locale: Locale;
  label: string;
  iconOnly?: boolean;
  variant?: ButtonVariant;
  size?: ButtonSize;
  className?: string;
}) {
  const signOut = who === "staff" ? signOutStaff : signOutPerson;
  const [, leave, isLeaving] = useActionState(
    async (previous: Awaited<ReturnType<typeof signOut>> | null) => await signOut(previous, { locale }),
    null,
  );
  return (
    <Button
      variant={variant}
      size={size}
      icon={iconOnly}
      busy={isLeaving}
      className={className}
      onClick={() => startTransition(leave)}
      {...(iconOnly && { "aria-label": label, title: label })}
    >
      <LogOut aria-hidden="true" />
      {!iconOnly && label}
    </Button>
  );
}
