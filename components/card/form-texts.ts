import { getTranslations } from "next-intl/server";
import type { AboutTexts } from "./about-form";
import type { CodeEntryTexts } from "./code-entry";

/** The texts of e-mail and code, for client code. `{email}` and `{seconds}` are filled in there. */
export async function entryTexts(): Promise<CodeEntryTexts> {
  const t = await getTranslations("card.entry");
  return {
    email: t("email"),
    emailHint: t("emailHint"),
    send: t("send"),
    code: t("code"),
    sent: t("sent", { email: "{email}" }),
    enter: t("enter"),
    again: t("again"),
    wait: t("wait", { seconds: "{seconds}" }),
    other: t("other"),
  };
}

/** The texts of what a member says of themselves, for client code. */
export async function aboutTexts(): Promise<AboutTexts> {
  const t = await getTranslations("card.about");
  return {
    name: t("name"),
    birthDate: t("birthDate"),
    birthHint: t("birthHint"),
    birthWrong: t("birthWrong"),
    gender: t("gender"),
    female: t("female"),
    male: t("male"),
    unsaid: t("unsaid"),
    optional: t("optional"),
    save: t("save"),
    saved: t("saved"),
  };
}
