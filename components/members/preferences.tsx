import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { type Favourite, type Habits } from "@/lib/insights/model";
import type { Formats } from "@/lib/platform/i18n/format";
import type { MemberReading } from "./member-reading";

/** What is usual in a member's visits: what for, with whom, where, when and for how much. */
export async function Preferences({
  read: { habits, gapDays },
  f,
}: {
  read: MemberReading["preferences"];
  f: Formats;
}) {
  const t = await getTranslations("profile.preferences");
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          {habits && <CardDescription>{t("from", { count: habits.visits })}</CardDescription>}
        </div>
      </CardHeader>
      <CardBody className="grid gap-4 text-sm">
        {habits ? (
          <>
            <Favourites title={t("items")} favourites={habits.items} f={f} />
            <Favourites title={t("categories")} favourites={habits.categories} f={f} />
            <Facts habits={habits} gapDays={gapDays} f={f} />
            <Weekdays habits={habits} f={f} />
          </>
        ) : (
          <p className="text-muted">{t("few")}</p>
        )}
      </CardBody>
    </Card>
  );
}

async function Favourites({
  title,
  favourites,
  f,
}: {
  title: string;
  favourites: readonly Favourite[];
  f: Formats;
}) {
  if (favourites.length === 0) return null;
  const t = await getTranslations("profile.preferences");
  const most = Math.max(...favourites.map(({ days }) => days));
  return (
    <div className="grid gap-1.5">
      <h3 className="text-muted">{title}</h3>
      <ul className="grid gap-2">
        {favourites.map(({ name, days, amountMinor }) => (
          <li key={name} className="grid gap-1">
            <span className="flex justify-between gap-3">
              <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
              <span className="whitespace-nowrap text-faint tabular-nums">
                {t("times", { count: days })} · {f.money(amountMinor, { whole: "drop" })}
              </span>
            </span>
            <span aria-hidden="true" className="h-1 rounded-full bg-sunken">
              <span
                className="block h-1 rounded-full bg-brand"
                style={{ width: `${Math.round((days / most) * 100)}%` }}
              />
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

async function Facts({ habits, gapDays, f }: { habits: Habits; gapDays: number | null; f: Formats }) {
  const t = await getTranslations("profile.preferences");
  const { staff, location, weekday, hour } = habits;
  const clock = hour && `${String(hour.value).padStart(2, "0")}:00`;
  const share = (value: number) => t("share", { share: f.percent(value) });
  const day = weekday ? t(`weekday.${weekday.value}` as "weekday.1") : t("anyDay");
  return (
    <dl className="grid gap-3 border-t pt-4">
      <Fact name={t("bill")}>{f.money(habits.billMinor, { whole: "drop" })}</Fact>
      {gapDays !== null && <Fact name={t("gap")}>{t("days", { count: Math.round(gapDays) })}</Fact>}
      <Fact name={t("when")}>
        {weekday || clock ? `${day}, ${clock ? t("hour", { hour: clock }) : t("anyHour")}` : t("unknown")}
      </Fact>
      {staff && (
        <Fact name={t("staff")} hint={share(staff.share)}>
          {staff.value}
        </Fact>
      )}
      {location && (
        <Fact name={t("location")} hint={share(location.share)}>
          {location.value}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, hint, children }: { name: string; hint?: string; children: ReactNode }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 text-right font-medium wrap-anywhere">
        {children}
        {hint && <span className="block font-normal text-faint">{hint}</span>}
      </dd>
    </div>
  );
}

/** Seven small columns; the figures stand in them for who cannot see heights. */
async function Weekdays({ habits, f }: { habits: Habits; f: Formats }) {
  const t = await getTranslations("profile.preferences");
  const most = Math.max(...habits.weekdays, 1);
  // 2001 began on a Monday.
  const name = (index: number) => f.calendar(`2001-01-0${index + 1}`, "weekday");
  return (
    <figure className="grid gap-2 border-t pt-4">
      <figcaption className="text-muted">{t("chart")}</figcaption>
      <ul className="grid grid-cols-7 gap-1.5 text-center text-xs">
        {habits.weekdays.map((days, index) => (
          <li key={name(index)} className="grid gap-1">
            <span aria-hidden="true" className="flex h-12 items-end">
              <span
                className={cx(
                  "w-full rounded-xs",
                  days === 0
                    ? "bg-sunken"
                    : habits.weekday?.value === index + 1
                      ? "bg-brand"
                      : "bg-brand opacity-35",
                )}
                style={{ height: `${Math.max(4, Math.round((days / most) * 100))}%` }}
              />
            </span>
            <span className="text-faint">{name(index)}</span>
            <span className="tabular-nums">{days}</span>
          </li>
        ))}
      </ul>
    </figure>
  );
}
