import { Check } from "lucide-react";
import { useTranslations } from "next-intl";
import { CodeSample } from "./code-sample";

const FACTS = ["repeat", "errors", "start"] as const;

/** For whoever connects the till. */
export function Developers() {
  const t = useTranslations("site.developers");
  return (
    <section
      id="developers"
      className="border-y bg-surface py-20 lg:py-24"
      aria-labelledby="developers-title"
    >
      <div className="page grid max-w-6xl items-center gap-12 lg:grid-cols-2">
        <div>
          <h2 id="developers-title" className="text-headline font-semibold">
            {t("title")}
          </h2>
          <p className="mt-4 text-lg text-muted">{t("text")}</p>
          <ul className="mt-6 grid gap-3">
            {FACTS.map((fact) => (
              <li key={fact} className="flex gap-3">
                <Check aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-brand" />
                {t(fact)}
              </li>
            ))}
          </ul>
        </div>
        <CodeSample />
      </div>
    </section>
  );
}
