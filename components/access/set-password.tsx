"use client";
import { useTranslations } from "next-intl";
import { useActionState } from "react";
import { setPassword } from "@/lib/access/actions";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { useRefusal } from "./refusal";

const LENGTH_MIN = 10;

/** Sets a new password; the old one is asked for unless somebody has just signed in. */
export function SetPassword({ email, asksCurrent }: { email: string; asksCurrent: boolean }) {
  const t = useTranslations("enter.account");
  const [result, save, isSaving] = useActionState(setPassword, null);
  const refusal = useRefusal(result);
  return (
    <form action={save} className="grid max-w-sm gap-4">
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      {asksCurrent ? (
        <Field label={t("current")}>
          <Input name="current" type="password" autoComplete="current-password" required maxLength={200} />
        </Field>
      ) : (
        <p className="text-sm text-muted">{t("passwordFresh")}</p>
      )}
      <Field label={t("new")} hint={t("passwordText")}>
        <Input
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={LENGTH_MIN}
          maxLength={200}
        />
      </Field>
      {result && !isSaving && (
        <Notice tone={result.ok ? "success" : "danger"} live>
          {result.ok ? t("saved") : result.code === "invalid" ? t("short") : refusal}
        </Notice>
      )}
      <Button type="submit" busy={isSaving} className="justify-self-start">
        {t("save")}
      </Button>
    </form>
  );
}
