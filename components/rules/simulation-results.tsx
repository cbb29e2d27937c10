"use client";
import { ArrowRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Formats } from "@/lib/platform/i18n/format";
import type { Played } from "./use-simulation";

const ROWS = ["issued", "spent", "discountMinor", "cashMinor"] as const;
type Row = (typeof ROWS)[number] | "margin";

/** What was beside what would have been: bars, the same numbers as a table, whom it touches, and who would move. */
export function SimulationResults({ result, f }: { result: Played; f: Formats }) {
  const t = useTranslations("rules.simulation");
  if (result.purchases === 0) return <p className="text-muted">{t("nothing")}</p>;
  const rows = [
    ...ROWS.map((row) => ({ row, did: result.did[row], would: result.would[row] })),
    { row: "margin" as const, ...result.margin },
  ];
  const isSame = rows.every(({ did, would }) => did === would) && result.moves.length === 0;
  return (
    <section aria-live="polite" aria-label={t("results")} className="grid min-w-0 gap-5">
      {isSame && (
        <Notice tone="success" title={t("same")}>
          {t("sameText")}
        </Notice>
      )}
      {result.share > 1 && (
        <Notice title={t("approximate")}>{t("approximateText", { share: result.share })}</Notice>
      )}
      <p className="text-sm text-muted">
        {t("played", {
          purchases: result.purchases,
          purchasesText: f.count(result.purchases),
          members: result.members,
          membersText: f.count(result.members),
        })}
      </p>
      <Bars rows={rows} f={f} />
      <Numbers rows={rows} f={f} />
      <Touched result={result} f={f} />
    </section>
  );
}

type Pair = { row: Row; did: number; would: number };

function Bars({ rows, f }: { rows: readonly Pair[]; f: Formats }) {
  const t = useTranslations("rules.simulation");
  // Points and money are the same units here, so one scale holds for all.
  const most = Math.max(
    1,
    ...rows.filter(({ row }) => row !== "cashMinor").flatMap(({ did, would }) => [did, would]),
  );
  const shown = rows.filter(({ row, did, would }) => row !== "cashMinor" && (did > 0 || would > 0));
  return (
    <figure aria-label={t("chart")} className="grid gap-4">
      <figcaption className="flex gap-5 text-sm text-muted">
        <Key color="bg-line-strong" text={t("did")} />
        <Key color="bg-brand" text={t("would")} />
      </figcaption>
      {shown.map(({ row, did, would }) => (
        <div key={row} className="grid gap-1" aria-hidden="true">
          <p className="text-sm">{t(`row.${row}`)}</p>
          <Bar share={did / most} color="bg-line-strong" text={amount(row, did, f)} />
          <Bar share={would / most} color="bg-brand" text={amount(row, would, f)} />
        </div>
      ))}
    </figure>
  );
}

function Key({ color, text }: { color: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-2">
      <span aria-hidden="true" className={`size-3 rounded-xs ${color}`} />
      {text}
    </span>
  );
}

function Bar({ share, color, text }: { share: number; color: string; text: string }) {
  return (
    <div className="flex items-center gap-2">
      <div className={`h-4 min-w-0.5 rounded-xs ${color}`} style={{ width: `${Math.max(0, share) * 70}%` }} />
      <span className="text-xs whitespace-nowrap text-muted tabular-nums">{text}</span>
    </div>
  );
}

function Numbers({ rows, f }: { rows: readonly Pair[]; f: Formats }) {
  const t = useTranslations("rules.simulation");
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-faint">
          <th className="sr-only">{t("what")}</th>
          <th scope="col" className="py-1 pl-2 text-right font-normal">
            {t("did")}
          </th>
          <th scope="col" className="py-1 pl-2 text-right font-normal">
            {t("would")}
          </th>
          <th scope="col" className="py-1 pl-2 text-right font-normal max-sm:hidden">
            {t("difference")}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ row, did, would }) => (
          <tr key={row} className="border-t">
            <th scope="row" className="py-1.5 pr-2 text-left font-normal">
              {t(`row.${row}`)}
            </th>
            <td className="py-1.5 pl-2 text-right text-muted tabular-nums">{amount(row, did, f)}</td>
            <td className="py-1.5 pl-2 text-right font-medium tabular-nums">{amount(row, would, f)}</td>
            <td className="py-1.5 pl-2 text-right tabular-nums max-sm:hidden">
              {would === did ? "0" : f.pointsSigned(whole(would - did))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Touched({ result, f }: { result: Played; f: Formats }) {
  const t = useTranslations("rules.simulation");
  const { touched, purchases, members, refused, moves, tiers } = result;
  const share = (part: number, all: number) => f.percent(all === 0 ? 0 : part / all, 1);
  return (
    <div className="grid gap-2 text-sm">
      <p>
        {t("touched", {
          members: f.count(touched.members),
          membersShare: share(touched.members, members),
          bills: f.count(touched.bills),
          billsShare: share(touched.bills, purchases),
        })}
      </p>
      {refused > 0 && (
        <p className="text-warning">{t("refused", { count: refused, text: f.count(refused) })}</p>
      )}
      {moves.length === 0 ? (
        <p className="text-muted">{t("noMoves")}</p>
      ) : (
        <ul className="grid gap-1">
          {moves.map((move) => (
            <li key={`${move.from} ${move.to}`} className="flex flex-wrap items-center gap-1.5">
              {tiers[move.from] ?? move.from}
              <ArrowRight aria-label={t("to")} role="img" className="size-3.5 text-faint" />
              {tiers[move.to] ?? move.to}
              <span className="ml-auto font-medium tabular-nums">
                {t("movers", { count: move.members, text: f.count(move.members) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-faint">{t("honest")}</p>
    </div>
  );
}

const whole = (hundredths: number) => BigInt(Math.round(hundredths / 100)) * 100n;

const amount = (row: Row, hundredths: number, f: Formats) =>
  row === "issued" || row === "spent"
    ? f.points(whole(hundredths))
    : f.money(whole(hundredths), { whole: "drop" });
