import { getTranslations } from "next-intl/server";
import type { Formats } from "@/lib/platform/i18n/format";
import {
  type Certificate,
  type Entitlement,
  type StampRow,
  showCertificateCode,
  usesLeft,
} from "@/lib/program/model";
import { Qr } from "../card/qr";
import { RewardPicture } from "./reward-icon";
import { Stamps } from "./stamp-row";

/** What a member holds: each with how long it is good, and its code behind a tap. */
export async function CardHoldings({
  held,
  now,
  f,
}: {
  held: readonly Entitlement[];
  now: Date;
  f: Formats;
}) {
  const t = await getTranslations("rewards.card");
  return (
    <ul className="grid gap-2">
      {held.map((each) => (
        <li key={each.id.toString()} className="panel overflow-hidden rounded-lg">
          <details className="group">
            <summary className="flex min-h-16 list-none items-center gap-3.5 px-4 py-3 [&::-webkit-details-marker]:hidden">
              <RewardPicture icon={each.icon} color={each.color} className="size-11" />
              <span className="min-w-0 flex-1">
                <span className="block font-semibold wrap-anywhere">{each.name}</span>
                <span className="block text-sm text-muted">{untilText(each, now, t, f)}</span>
              </span>
              <span className="shrink-0 text-sm font-medium text-brand group-open:hidden">{t("show")}</span>
            </summary>
            <div className="grid justify-items-center gap-2 border-t px-4 py-5 text-center">
              {each.description && <p className="text-muted wrap-anywhere">{each.description}</p>}
              <span className="rounded-lg bg-white p-3">
                <Qr text={each.code} label={t("qr", { name: each.name })} className="block size-44" />
              </span>
              <p className="font-semibold tracking-wider tabular-nums">{each.code}</p>
              <p className="text-sm text-muted">{t("showHint")}</p>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}

type Texts = Awaited<ReturnType<typeof getTranslations<"rewards.card">>>;

function untilText(each: Entitlement, now: Date, t: Texts, f: Formats): string {
  const parts = [];
  if (each.uses > 1) parts.push(t("left", { left: usesLeft({ ...each, held: 0 }), of: each.uses }));
  if (each.expiresAt) {
    const last = new Date(each.expiresAt.getTime() - 1);
    parts.push(t("until", { date: f.date(last), days: f.days(last, now) }));
  }
  return parts.join(" · ") || t("forever");
}

/** A member's rows of stamps. */
export async function CardStamps({ rows }: { rows: readonly StampRow[] }) {
  const t = await getTranslations("rewards.card");
  return (
    <ul className="grid gap-2">
      {rows.map((row) => {
        const label = t("stamps", { count: row.stamps, of: row.programme.needed });
        return (
          <li key={row.programme.id.toString()} className="panel grid gap-3 rounded-lg p-4">
            <div>
              <p className="font-semibold wrap-anywhere">{row.programme.name}</p>
              <p className="text-sm text-muted wrap-anywhere">
                {t("stampsTo", {
                  count: row.programme.needed - row.stamps,
                  reward: row.programme.rewardName,
                })}
              </p>
            </div>
            <Stamps row={row} label={label} />
          </li>
        );
      })}
    </ul>
  );
}

/** Certificates on a card, each with its balance and code. */
export async function CardCertificates({ all, f }: { all: readonly Certificate[]; f: Formats }) {
  const t = await getTranslations("rewards.card");
  return (
    <ul className="grid gap-2">
      {all.map((each) => (
        <li key={each.id.toString()} className="panel overflow-hidden rounded-lg">
          <details className="group">
            <summary className="flex min-h-16 list-none items-center gap-3.5 px-4 py-3 [&::-webkit-details-marker]:hidden">
              <RewardPicture icon="gift" color="violet" className="size-11" />
              <span className="min-w-0 flex-1">
                <span className="block font-semibold tabular-nums">
                  {f.money(each.balanceMinor, { whole: "drop" })}
                </span>
                <span className="block text-sm text-muted">
                  {each.expiresAt
                    ? t("certificateUntil", { date: f.date(new Date(each.expiresAt.getTime() - 1)) })
                    : t("certificate")}
                </span>
              </span>
              <span className="shrink-0 text-sm font-medium text-brand group-open:hidden">{t("show")}</span>
            </summary>
            <div className="grid justify-items-center gap-2 border-t px-4 py-5 text-center">
              {each.greeting && <p className="wrap-anywhere">{each.greeting}</p>}
              <span className="rounded-lg bg-white p-3">
                <Qr text={each.code} label={t("certificateQr")} className="block size-44" />
              </span>
              <p className="font-semibold tracking-wider tabular-nums">{showCertificateCode(each.code)}</p>
              <p className="text-sm text-muted">{t("certificateHint")}</p>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
