"use client";
import { MailCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { sendStaffLink } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { MailboxHint } from "./mailbox-hint";
import { RefusalSlot, useRefusal } from "./refusal";

/** `minutes`: how long a link lives. */
type Props = { locale: Locale; to: string; hasMailbox: boolean; minutes: number };

/** Staff sign-in by a link in a letter. Says the same whether somebody works under the address or not. */
export function LinkForm({ locale, to, hasMailbox, minutes }: Props) {
  const t = useTranslations("enter.staff");
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string>();
  const [result, send, isSending] = useActionState<
    Awaited<ReturnType<typeof sendStaffLink>> | null,
    FormData
  >(async (previous, form) => {
    const answer = await sendStaffLink(previous, form);
    if (answer.ok) setSentTo(email.trim());
    return answer;
  }, null);
  const refusal = useRefusal(result);
  if (sentTo !== undefined)
    return (
      <div className="grid gap-4 pt-6" role="status">
        <span className="grid size-14 place-items-center rounded-full bg-soft text-brand">
          <MailCheck aria-hidden="true" className="size-6" />
        </span>
        <div>
          <h2 className="text-lg font-semibold">{t("sentTitle")}</h2>
          <p className="mt-1 break-words text-muted">{t("sentText", { email: sentTo, minutes })}</p>
        </div>
        {hasMailbox && <MailboxHint locale={locale} />}
        <Button variant="secondary" size="lg" onClick={() => setSentTo(undefined)}>
          {t("another")}
        </Button>
      </div>
    );
  return (
    <form action={send} className="grid pt-6">
      <p className="mb-4 text-muted">{t("linkText")}</p>
      <input type="hidden" name="locale" value={locale} />
      <input type="hidden" name="to" value={to} />
      <Field label={t("email")}>
        <Input
          size="lg"
          name="email"
          type="email"
          autoComplete="username"
          required
          maxLength={254}
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
      </Field>
      <RefusalSlot text={isSending ? undefined : refusal} />
      <Button type="submit" size="lg" busy={isSending} className="w-full">
        {t("send")}
      </Button>
    </form>
  );
}
