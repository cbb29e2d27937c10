"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice, useFieldError } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { saveMessagingRules } from "@/lib/messaging/actions";
import type { MessagingSettings } from "@/lib/messaging/schema";
import { ChannelCards } from "./channel-cards";
import { LimitCards } from "./limit-cards";
import { SmsCard } from "./sms-card";

export type RulesDraft = {
  readonly settings: MessagingSettings;
  readonly set: (change: Partial<MessagingSettings>) => void;
  /** Keys as they are typed; empty ones leave what is kept. */
  readonly keys: { readonly sms: string; readonly telegram: string };
  readonly setKey: (name: "sms" | "telegram", key: string) => void;
  readonly errorOf: (path: string) => string | undefined;
};

/** All rules of sending in one form, saved together. */
export function RulesForm({
  settings: start,
  has,
  transport,
}: {
  settings: MessagingSettings;
  has: { sms: boolean; telegram: boolean };
  transport: "resend" | "smtp" | "mailbox";
}) {
  const t = useTranslations("messaging.office.rules");
  const common = useTranslations("common");
  const [settings, setSettings] = useState(start);
  const [keys, setKeys] = useState({ sms: "", telegram: "" });
  const { run, isPending, failure } = useAct(saveMessagingRules, {
    said: t("saved"),
    onDone: () => setKeys({ sms: "", telegram: "" }),
  });
  const errorOf = useFieldError(failure);
  const draft: RulesDraft = {
    settings,
    set: (change) => setSettings((before) => ({ ...before, ...change })),
    keys,
    setKey: (name, key) => setKeys((before) => ({ ...before, [name]: key })),
    errorOf,
  };
  return (
    <form
      className="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        const typed = Object.fromEntries(Object.entries(keys).filter(([, key]) => key !== ""));
        run({ settings, keys: typed });
      }}
    >
      <div className="gap-6 *:mb-6 *:break-inside-avoid xl:columns-2">
        <LimitCards draft={draft} />
        <ChannelCards draft={draft} has={has} transport={transport} />
        <SmsCard draft={draft} has={has.sms} kept={start.sms} />
      </div>
      <FailureNotice failure={failure} />
      <div className="sticky bottom-0 z-10 -mx-1 flex bg-bg/92 px-1 py-3 backdrop-blur-md max-lg:bottom-15">
        <Button type="submit" size="lg" busy={isPending}>
          {common("save")}
        </Button>
      </div>
    </form>
  );
}
