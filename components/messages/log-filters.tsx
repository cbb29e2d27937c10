"use client";
import type { Route } from "next";
import { usePathname, useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { CHANNELS, STATES } from "@/lib/messaging/model";

/** Narrows the log; each choice is part of the address. */
export function LogFilters({ state, channel }: { state: string; channel: string }) {
  const t = useTranslations("messaging");
  const router = useRouter();
  const pathname = usePathname();
  const [, start] = useTransition();
  const go = (change: Record<string, string>) => {
    const next = new URLSearchParams();
    for (const [name, value] of Object.entries({ state, channel, ...change }))
      if (value) next.set(name, value);
    start(() => router.replace(`${pathname}?${next}` as Route, { scroll: false }));
  };
  return (
    <div className="mb-4 flex flex-wrap items-end gap-3">
      <Field label={t("office.log.state")} className="min-w-40 flex-1 sm:max-w-56">
        <Select value={state} onChange={(event) => go({ state: event.target.value })}>
          <option value="">{t("office.log.allStates")}</option>
          {STATES.map((one) => (
            <option key={one} value={one}>
              {t(`state.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
      <Field label={t("office.log.channel")} className="min-w-40 flex-1 sm:max-w-56">
        <Select value={channel} onChange={(event) => go({ channel: event.target.value })}>
          <option value="">{t("office.log.allChannels")}</option>
          {CHANNELS.map((one) => (
            <option key={one} value={one}>
              {t(`channel.${one}`)}
            </option>
          ))}
        </Select>
      </Field>
    </div>
  );
}
