"use client";
import { useTranslations } from "next-intl";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Effect, Example } from "@/lib/program";

/** One bill on every tier: what it brings, and how much of it points may pay. */
export function EffectExample({
  example,
  policy,
  f,
}: {
  example: Effect["example"];
  policy: "points" | "discount";
  f: Formats;
}) {
  const t = useTranslations("office.programme.effect");
  const brings = (one: Example) =>
    policy === "points" ? f.pointsSigned(one.earns) : f.money(-one.discountMinor, { whole: "drop" });
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-faint">
          <th scope="col" className="py-1 text-left font-normal">
            {t("tier")}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {policy === "points" ? t("earns") : t("discount")}
          </th>
          <th scope="col" className="py-1 text-right font-normal">
            {t("pays")}
          </th>
        </tr>
      </thead>
      <tbody>
        {example.next.map((one) => {
          const now = example.now.find(({ tierId }) => tierId === one.tierId);
          return (
            <tr key={one.tierId}>
              <th scope="row" className="max-w-32 truncate py-1 text-left font-normal">
                {one.tier}
              </th>
              <td className="py-1 text-right font-medium tabular-nums">
                <Changed was={now && brings(now)} is={brings(one)} />
              </td>
              <td className="py-1 text-right tabular-nums">
                <Changed was={now && f.points(now.maxPoints)} is={f.points(one.maxPoints)} />
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Changed({ was, is }: { was: string | undefined; is: string }) {
  return (
    <>
      {was !== undefined && was !== is && <del className="mr-1.5 text-faint">{was}</del>}
      {is}
    </>
  );
}
