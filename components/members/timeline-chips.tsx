import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cx } from "@/components/ui/cx";
import type { TimelineKind } from "@/lib/analytics/model";

/** What a timeline can be narrowed to: each chip adds or takes away one kind, the first shows everything again. */
export async function TimelineChips({
  base,
  kinds,
  chosen,
}: {
  base: string;
  kinds: readonly TimelineKind[];
  chosen: readonly TimelineKind[];
}) {
  const t = await getTranslations("profile.timeline");
  const href = (next: readonly TimelineKind[]) =>
    (next.length === 0 ? base : `${base}?show=${next.join(",")}`) as Route;
  const chip = (label: string, isOn: boolean, next: readonly TimelineKind[]) => (
    <li key={label}>
      <Link
        href={href(next)}
        scroll={false}
        prefetch={false}
        aria-current={isOn ? "true" : undefined}
        className={cx(
          "flex min-h-8 items-center rounded-full border px-3 text-sm whitespace-nowrap",
          isOn ? "border-transparent bg-brand text-on-brand" : "text-muted hover:bg-sunken hover:text-ink",
        )}
      >
        {label}
      </Link>
    </li>
  );
  return (
    <nav aria-label={t("chips")} className="px-5 pt-3 pb-1 sm:px-6">
      <ul className="-mx-1 flex gap-1.5 overflow-x-auto px-1 py-1 sm:flex-wrap">
        {chip(t("all"), chosen.length === 0, [])}
        {kinds.map((kind) => {
          const isOn = chosen.includes(kind);
          return chip(
            t(`kind.${kind}`),
            isOn,
            isOn ? chosen.filter((one) => one !== kind) : [...chosen, kind],
          );
        })}
      </ul>
    </nav>
  );
}
