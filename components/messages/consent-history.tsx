import { getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import type { ConsentEntry } from "@/lib/messaging";
import { formats } from "@/lib/platform/i18n/format";

const SOURCES = [
  "card",
  "unsubscribe",
  "push",
  "telegram",
  "complaint",
  "staff",
  "import",
  "merge",
  "seed",
] as const;

/** What a member said and when, newest first; nothing of it is ever rewritten. */
export async function ConsentHistory({
  history,
  locale,
  zone,
  title,
  empty,
}: {
  history: readonly ConsentEntry[];
  locale: string;
  zone: string;
  /** For the office; on the card it speaks to the person. */
  title?: string;
  empty?: string;
}) {
  const [t, channels] = await Promise.all([
    getTranslations("messaging.card"),
    getTranslations("messaging.channel"),
  ]);
  const { date } = formats({ locale, zone });
  return (
    <section aria-labelledby="agreed" className="panel p-5">
      <h2 id="agreed" className="text-base font-semibold">
        {title ?? t("history.title")}
      </h2>
      {history.length === 0 ? (
        <p className="mt-1 text-sm text-muted">{empty ?? t("history.empty")}</p>
      ) : (
        <ul className="mt-2 grid divide-y divide-line">
          {history.map((entry) => (
            <li key={entry.id.toString()} className="flex items-start justify-between gap-3 py-2.5">
              <span className="min-w-0">
                <span className="block font-medium">
                  {channels(entry.channel)} · {t(entry.purpose)}
                </span>
                <span className="block text-sm text-faint">
                  {date(entry.at, "dateTime")},{" "}
                  {t(`history.source.${SOURCES.find((one) => one === entry.source) ?? "card"}`)}
                </span>
              </span>
              <Badge tone={entry.granted ? "success" : "neutral"}>
                {entry.granted ? t("history.yes") : t("history.no")}
              </Badge>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
