import "server-only";
import { render } from "@react-email/render";
import { createTranslator } from "next-intl";
import type { ReactElement } from "react";
import { Link } from "../../../emails/link";
import { Notice } from "../../../emails/notice";
import { SignInCode } from "../../../emails/sign-in-code";
import { isLocale, LOCALE_DEFAULT } from "../../platform/i18n/locales";
import { load } from "../../platform/i18n/messages";
import type { Letter } from "../../platform/mail";
import type { Business } from "../model";
import { CODE_TTL_MS, INVITATION_TTL_MS, LINK_TTL_MS, MINUTE_MS } from "./model";

async function textsOf(wanted: string) {
  const locale = isLocale(wanted) ? wanted : LOCALE_DEFAULT;
  const messages = { mail: await load(locale, "mail") };
  return { locale, t: createTranslator({ locale, messages, namespace: "mail" }) };
}

type Written = Pick<Letter, "kind" | "businessId" | "to" | "subject">;

/** The plain part is written, not scraped from the HTML: paragraphs in reading order. */
async function letter(head: Written, body: ReactElement, paragraphs: readonly string[]): Promise<Letter> {
  return { ...head, html: await render(body), text: `${paragraphs.join("\n\n")}\n` };
}

/** The one-time code of a person's sign-in. The code leads the subject, where a lock screen shows it. */
export async function codeLetter(to: string, wanted: string, code: string): Promise<Letter> {
  const { locale, t } = await textsOf(wanted);
  const subject = t("code.subject", { code });
  const title = t("code.title");
  const text = t("code.text", { minutes: CODE_TTL_MS / MINUTE_MS });
  const footer = t("code.footer");
  return await letter(
    { kind: "person", businessId: null, to, subject },
    <SignInCode locale={locale} preview={subject} title={title} text={text} code={code} footer={footer} />,
    [title, text, code, footer],
  );
}

/** A staff person's sign-in link. */
export async function linkLetter(to: string, wanted: string, url: string): Promise<Letter> {
  const { locale, t } = await textsOf(wanted);
  const title = t("link.title");
  const text = t("link.text", { minutes: LINK_TTL_MS / MINUTE_MS });
  const footer = t("link.footer");
  return await letter(
    { kind: "staff", businessId: null, to, subject: t("link.subject") },
    <Link
      locale={locale}
      preview={text}
      title={title}
      text={text}
      button={t("link.button")}
      url={url}
      orCopy={t("orCopy")}
      footer={footer}
    />,
    [title, text, url, footer],
  );
}

/** Told to an address nobody works under, when somebody asked for its link. */
export async function noAccountLetter(to: string, wanted: string): Promise<Letter> {
  const { locale, t } = await textsOf(wanted);
  const title = t("noAccount.title");
  const text = t("noAccount.text", { email: to });
  const footer = t("noAccount.footer");
  return await letter(
    { kind: "staff", businessId: null, to, subject: t("noAccount.subject") },
    <Notice locale={locale} preview={text} title={title} text={text} footer={footer} />,
    [title, text, footer],
  );
}

/** Welcomes somebody who was added to a business's staff. Shape: `by` is who added them. */
export async function invitationLetter(
  to: string,
  business: Business,
  by: string,
  url: string,
): Promise<Letter> {
  const { locale, t } = await textsOf(business.locale);
  const title = t("invitation.title", { business: business.name });
  const text = t("invitation.text", {
    business: business.name,
    by,
    days: INVITATION_TTL_MS / (24 * 60 * MINUTE_MS),
  });
  const footer = t("invitation.footer", { business: business.name });
  return await letter(
    {
      kind: "staff",
      businessId: business.id,
      to,
      subject: t("invitation.subject", { business: business.name }),
    },
    <Link
      locale={locale}
      preview={text}
      title={title}
      text={text}
      button={t("invitation.button")}
      url={url}
      orCopy={t("orCopy")}
      footer={footer}
    />,
    [title, text, url, footer],
  );
}
