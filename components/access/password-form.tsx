"use client";
import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useActionState, useState } from "react";
import { enterPassword } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input, InputWith } from "../ui/input";
import { RefusalSlot, useRefusal } from "./refusal";

/** Staff sign-in by e-mail and password; what was typed stays after a refusal. */
export function PasswordForm({ locale, to }: { locale: Locale; to: string }) {
  const t = useTranslations("enter.staff");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isShown, setShown] = useState(false);
  const [result, enter, isEntering] = useActionState(enterPassword, null);
  const refusal = useRefusal(result);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <form action={enter} className="grid pt-6">
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
      <Field label={t("password")} className="mt-4">
        <InputWith
          size="lg"
          name="password"
          type={isShown ? "text" : "password"}
          autoComplete="current-password"
          required
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          after={
            <button
              type="button"
              aria-pressed={isShown}
              aria-label={isShown ? t("hide") : t("show")}
              onClick={() => setShown(!isShown)}
              className="-my-2 -mr-2.5 grid size-10 place-items-center rounded-md hover:text-ink"
            >
              <Icon aria-hidden="true" />
            </button>
          }
        />
      </Field>
      <RefusalSlot text={isEntering ? undefined : refusal} />
      <Button type="submit" size="lg" busy={isEntering} className="w-full">
        {t("submit")}
      </Button>
      <p className="mt-4 text-sm text-muted">{t("forgot")}</p>
    </form>
  );
}
