import { useTranslations } from "next-intl";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Notice } from "../ui/notice";

/** Where the letter is when it is not sent: said only on installations without a mail server. */
export function MailboxHint({ locale }: { locale: Locale }) {
  const t = useTranslations("enter");
  return (
    <Notice tone="info">
      {t("mailboxHint")}{" "}
      <a
        href={`/${locale}/office/mailbox`}
        target="_blank"
        rel="noreferrer"
        className="font-medium underline underline-offset-4"
      >
        {t("mailboxOpen")}
      </a>
    </Notice>
  );
}
