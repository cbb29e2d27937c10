"use client";
import { X } from "lucide-react";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";

const KINDS = ["purchase", "refund", "grant"] as const;

/** Narrows the list of operations; each choice is part of the address. */
export function OperationFilters({
  kind,
  day,
  today,
  member,
}: {
  kind: string;
  day: string;
  today: string;
  member?: { id: bigint; name: string };
}) {
  const t = useTranslations("office.operations");
  const o = useTranslations("office.operation");
  const router = useRouter();
  const pathname = usePathname();
  const [, start] = useTransition();
  const go = (change: Record<string, string>) => {
    const next = new URLSearchParams();
    const all = { kind, day, member: member?.id.toString() ?? "", ...change };
    for (const [name, value] of Object.entries(all)) if (value) next.set(name, value);
    start(() => router.replace(`${pathname}?${next}` as Route, { scroll: false }));
  };
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <Field label={t("kind")} className="min-w-40 flex-1 sm:max-w-56">
        <Select value={kind} onChange={(event) => go({ kind: event.target.value })}>
          <option value="">{t("allKinds")}</option>
          {KINDS.map((one) => (
            <option key={one} value={one}>
              {o(`kind.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("day")} className="min-w-40 flex-1 sm:max-w-56">
        <Input type="date" value={day} max={today} onChange={(event) => go({ day: event.target.value })} />
      </Field>
      {member && (
        <Button
          variant="soft"
          onClick={() => go({ member: "" })}
          aria-label={t("anyMember", { name: member.name })}
        >
          <span className="max-w-48 truncate">{member.name}</span>
          <X aria-hidden="true" />
        </Button>
      )}
      {(kind || day) && (
        <Button variant="ghost" onClick={() => go({ kind: "", day: "" })}>
          {t("clear")}
        </Button>
      )}
    </div>
  );
}
