import { getTranslations } from "next-intl/server";
import { type Delta, StatTile } from "@/components/ui/stat-tile";
import type { Dashboard, DayRange, Span } from "@/lib/analytics";
import type { Formats } from "@/lib/platform/i18n/format";

/** The figures of a span, each against the same span before. */
export async function SpanTiles({ board, span, f }: { board: Dashboard; span: Span; f: Formats }) {
  const t = await getTranslations("office.dashboard");
  const { now, before } = board;
  // Today has hours to go, so against the whole of yesterday an arrow would cry wolf all morning.
  const isOpen = span === "today";
  const was = (value: string) => (isOpen ? t("yesterday", { value }) : t("was", { value }));
  const moved = (a: number | bigint, b: number | bigint, good: "up" | null = "up") =>
    isOpen ? undefined : change(Number(a), Number(b), good, f);
  const share = (value: number | null) => (value === null ? "–" : f.percent(value));
  const bill = (value: bigint | null) => (value === null ? "–" : amount(value, f));
  return (
    <section aria-label={t("figures")}>
      <div className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4 [&>*]:max-xl:p-4 [&>*]:max-xl:[&>p:nth-child(2)]:text-xl">
        <StatTile
          label={t("visits")}
          value={f.count(now.purchases)}
          delta={moved(now.purchases, before.purchases)}
          hint={was(f.count(before.purchases))}
        />
        <StatTile
          label={t("revenue")}
          value={amount(now.revenueMinor, f)}
          delta={moved(now.revenueMinor, before.revenueMinor)}
          hint={was(f.moneyShort(before.revenueMinor))}
        />
        <StatTile
          label={t("averageBill")}
          value={bill(now.averageBillMinor)}
          delta={moved(now.averageBillMinor ?? 0n, before.averageBillMinor ?? 0n)}
          hint={was(bill(before.averageBillMinor))}
        />
        <StatTile
          label={t("returning")}
          value={share(now.returningShare)}
          delta={isOpen ? undefined : points(now.returningShare, before.returningShare, t, f)}
          hint={was(share(before.returningShare))}
        />
        <StatTile
          label={t("newMembers")}
          value={f.count(now.newMembers)}
          delta={moved(now.newMembers, before.newMembers)}
          hint={was(f.count(before.newMembers))}
        />
        <StatTile
          label={t("issued")}
          value={f.points(whole(now.pointsIssued))}
          delta={moved(now.pointsIssued, before.pointsIssued, null)}
          hint={was(f.points(whole(before.pointsIssued)))}
        />
        <StatTile
          label={t("spent")}
          value={f.points(whole(now.pointsSpent))}
          delta={moved(now.pointsSpent, before.pointsSpent, null)}
          hint={was(f.points(whole(before.pointsSpent)))}
        />
        <StatTile
          label={t("outstanding")}
          value={f.points(whole(board.outstanding))}
          hint={t("held", { count: board.members })}
        />
      </div>
      <p className="mt-3 text-sm text-faint">
        {t("compared", { now: rangeText(board.range, f), before: rangeText(board.rangeBefore, f) })}
      </p>
    </section>
  );
}

/** From here on a tile has no room for every digit. */
const SHORT_FROM_MINOR = 100_000_000n;

/** Money as a tile shows it: whole units, millions in short. */
const amount = (minor: bigint, f: Formats) =>
  minor >= SHORT_FROM_MINOR
    ? f.moneyShort(minor)
    : f.money(((minor + (minor < 0n ? -50n : 50n)) / 100n) * 100n, { whole: "drop" });

const whole = (hundredths: bigint) => (hundredths / 100n) * 100n;

const rangeText = ({ from, to }: DayRange, f: Formats) =>
  from === to
    ? f.calendar(from, "dayLong")
    : `${from.slice(0, 7) === to.slice(0, 7) ? Number(from.slice(8)) : f.calendar(from, "dayLong")} – ${f.calendar(to, "dayLong")}`;

/** Up or down by so much of what it was; from nothing there is no percentage to give. */
function change(now: number, before: number, good: "up" | null, f: Formats): Delta | undefined {
  if (before <= 0) return undefined;
  const share = (now - before) / before;
  const direction = Math.abs(share) < 0.005 ? "flat" : share > 0 ? "up" : "down";
  const delta: Delta = { direction, text: f.percentSigned(share) };
  return good === null || direction === "flat" ? delta : { ...delta, good: direction === good };
}

type Texts = Awaited<ReturnType<typeof getTranslations<"office.dashboard">>>;

/** A share moves by percentage points, not by per cent of itself. */
function points(now: number | null, before: number | null, t: Texts, f: Formats): Delta | undefined {
  if (now === null || before === null) return undefined;
  const moved = Math.round(now * 100) - Math.round(before * 100);
  if (moved === 0) return { direction: "flat", text: t("pp", { value: "0" }) };
  const value = f.pointsSigned(BigInt(moved) * 100n);
  return { direction: moved > 0 ? "up" : "down", text: t("pp", { value }), good: moved > 0 };
}
