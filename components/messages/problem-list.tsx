"use client";
import { CircleAlert, CircleCheck, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { LANGUAGES, type Problem } from "@/lib/messaging/model";
import { LOCALE_NAMES } from "@/lib/platform/i18n/locales";

const FIELDS = {
  title: "titleField",
  text: "textField",
  button: "button",
  url: "url",
  subject: "subject",
  mail: "mail",
  sms: "sms",
} as const;

/** What is wrong with a draft or may look wrong, errors first, each with its language and field. */
export function ProblemList({ problems }: { problems: readonly Problem[] }) {
  const t = useTranslations("messaging.office");
  const sorted = problems.toSorted((a, b) => a.level.localeCompare(b.level));
  const where = ({ locale, field }: Problem) => {
    const language = LANGUAGES.find((one) => one === locale);
    return [language && LOCALE_NAMES[language], field && t(`editor.${FIELDS[field]}`)]
      .filter(Boolean)
      .join(", ");
  };
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("editor.problems")}</CardTitle>
      </CardHeader>
      <CardBody aria-live="polite">
        {sorted.length === 0 ? (
          <p className="flex items-center gap-2 text-sm text-success">
            <CircleCheck aria-hidden="true" className="size-4" />
            {t("templates.fine")}
          </p>
        ) : (
          <ul className="grid gap-2.5">
            {sorted.map((problem, index) => (
              // One field may say the same twice of two variables; the list is redrawn as a whole.
              <li key={`${index} ${problem.code}`} className="flex items-start gap-2 text-sm">
                {problem.level === "error" ? (
                  <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-danger" />
                ) : (
                  <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
                )}
                <span className="min-w-0">
                  <span className="font-medium">{where(problem)}: </span>
                  {t(`problem.${problem.code}`, { detail: problem.detail })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}
