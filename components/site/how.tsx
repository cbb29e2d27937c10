import { useTranslations } from "next-intl";
import { CircleSteps } from "./circle-steps";

/** How a visit turns into the next one. */
export function How() {
  const t = useTranslations("site.steps");
  return (
    <section id="how" className="page max-w-6xl py-20 lg:py-24" aria-labelledby="how-title">
      <h2 id="how-title" className="mb-10 text-headline font-semibold">
        {t("title")}
      </h2>
      <CircleSteps />
    </section>
  );
}
