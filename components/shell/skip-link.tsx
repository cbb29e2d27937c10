import { useTranslations } from "next-intl";

/** First stop of the Tab key: past the navigation, to what the page is about. */
export function SkipLink() {
  const t = useTranslations("common");
  return (
    <a href="#main" className="skip-link btn btn-primary">
      {t("skip")}
    </a>
  );
}
