import { Languages, Scale, Server } from "lucide-react";
import { useTranslations } from "next-intl";

const REASONS = { books: Scale, server: Server, languages: Languages } as const;
const NAMES = ["books", "server", "languages"] as const;

/** Why an owner may rely on it: only what is true of every installation. */
export function Trust() {
  const t = useTranslations("site.trust");
  return (
    <section className="page max-w-6xl pb-20 lg:pb-24" aria-labelledby="trust">
      <div className="rounded-2xl bg-soft px-6 py-10 sm:px-10 lg:px-14 lg:py-14">
        <h2 id="trust" className="text-headline font-semibold">
          {t("title")}
        </h2>
        <dl className="mt-8 grid gap-8 md:grid-cols-3">
          {NAMES.map((name) => {
            const Icon = REASONS[name];
            return (
              <div key={name}>
                <dt className="flex items-center gap-2.5 text-lg font-semibold tracking-tight">
                  <Icon aria-hidden="true" className="size-5 shrink-0 text-brand" />
                  {t(`${name}.title`)}
                </dt>
                <dd className="mt-2 text-muted">{t(`${name}.text`)}</dd>
              </div>
            );
          })}
        </dl>
      </div>
    </section>
  );
}
