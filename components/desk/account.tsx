"use client";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Avatar } from "../ui/avatar";
import { Popover, PopoverContent, PopoverTrigger } from "../ui/popover";

/** Who is signed in at this desk; language, appearance and the way out behind a tap. */
export function Account({ name, role, children }: { name: string; role: string; children: ReactNode }) {
  const t = useTranslations("desk");
  return (
    <Popover>
      <PopoverTrigger className="flex min-h-12 min-w-0 items-center gap-2 rounded-md px-1.5 hover:bg-sunken">
        <span className="sr-only">{t("account", { name })}</span>
        <Avatar name={name} size="sm" />
        <span aria-hidden="true" className="max-w-32 truncate text-sm font-medium max-md:hidden">
          {name}
        </span>
        <ChevronDown aria-hidden="true" className="size-4 shrink-0 text-faint" />
      </PopoverTrigger>
      <PopoverContent align="end" aria-label={t("account", { name })} className="grid w-72 gap-4">
        <div>
          <p className="font-semibold break-words">{name}</p>
          <p className="text-sm text-muted">{role}</p>
        </div>
        {children}
      </PopoverContent>
    </Popover>
  );
}
