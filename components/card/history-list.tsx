import { ArrowDownLeft, ChevronDown, Gift, Hourglass, ShoppingBag, Undo2 } from "lucide-react";
import { Reasons } from "@/components/program/reasons";
import { Badge } from "@/components/ui/badge";
import { cx } from "@/components/ui/cx";
import type { Line, Operation } from "@/lib/sales/model";
import { type Entry, monthsOf } from "./history";
import type { OwnCard } from "./own-card";
import type { History } from "./read-history";
import { cardWords } from "./words";

type Words = Awaited<ReturnType<typeof cardWords>>;

/** A history by months; each line opens to what was bought and why the points are what they are. */
export async function HistoryList({ card, history }: { card: OwnCard; history: History }) {
  const words = await cardWords(card.business);
  return (
    <div className="grid gap-6">
      {monthsOf(history.entries, card.business.zone).map(({ month, entries }) => (
        <section key={month} aria-label={words.f.calendar(month, "month")}>
          <h2 className="mb-2 px-1 text-sm font-medium text-muted first-letter:uppercase">
            {words.f.calendar(month, "month")}
          </h2>
          <EntryList card={card} words={words} entries={entries} lines={history.lines} />
        </section>
      ))}
    </div>
  );
}

/** Some lines of a history without their months: the latest, on the card. */
export function EntryList({
  card,
  words,
  entries,
  lines,
}: {
  card: OwnCard;
  words: Words;
  entries: readonly Entry[];
  lines: History["lines"];
}) {
  return (
    <ul className="panel divide-y divide-line overflow-hidden rounded-lg">
      {entries.map((entry) => (
        <li key={entry.key}>
          <EntryItem
            card={card}
            words={words}
            entry={entry}
            lines={lines.get(entry.operation?.id ?? 0n) ?? []}
          />
        </li>
      ))}
    </ul>
  );
}

function EntryItem({
  card,
  words,
  entry,
  lines,
}: {
  card: OwnCard;
  words: Words;
  entry: Entry;
  lines: Line[];
}) {
  const { operation } = entry;
  if (!operation) return <Summary words={words} entry={entry} />;
  return (
    <details className="group">
      <summary className="list-none hover:bg-sunken/60 [&::-webkit-details-marker]:hidden">
        <Summary words={words} entry={entry} opens />
      </summary>
      <div className="grid gap-3 border-t border-dashed bg-bg/60 px-4 py-4">
        {lines.length > 0 && <Bill words={words} lines={lines} />}
        {operation.kind !== "grant" && <Sums words={words} operation={operation} />}
        <Reasons because={operation.because} business={card.business} />
        {operation.receiptNumber && (
          <p className="text-sm text-faint wrap-anywhere">
            {words.t("history.receipt", { number: operation.receiptNumber })}
          </p>
        )}
      </div>
    </details>
  );
}

const LOOKS = {
  purchase: { icon: ShoppingBag, tone: "bg-sunken text-muted" },
  refund: { icon: Undo2, tone: "bg-sunken text-muted" },
  expiry: { icon: Hourglass, tone: "bg-warning-soft text-warning" },
} as const;

function Summary({ words, entry, opens = false }: { words: Words; entry: Entry; opens?: boolean }) {
  const { t, f } = words;
  const { operation, gained, lost } = entry;
  const look =
    entry.kind === "grant"
      ? { icon: gained > 0n ? Gift : ArrowDownLeft, tone: "bg-soft text-brand" }
      : LOOKS[entry.kind];
  const Icon = look.icon;
  const money =
    operation && entry.kind !== "grant" ? f.money(operation.totalMinor, { whole: "drop" }) : undefined;
  return (
    <span className="flex min-h-16 items-center gap-3 px-4 py-2.5">
      <span
        aria-hidden="true"
        className={cx("grid size-9 shrink-0 place-items-center rounded-full", look.tone)}
      >
        <Icon className="size-4.5" />
      </span>
      <span className="min-w-0 flex-1">
        <span className="flex flex-wrap items-center gap-x-2">
          <span className="line-clamp-2 max-w-full font-medium wrap-anywhere">{titleOf(words, entry)}</span>
          {operation?.state === "canceled" && <Badge>{t("history.returned")}</Badge>}
          {operation?.state === "normal" && operation.refundedMinor > 0n && (
            <Badge>{t("history.partReturned")}</Badge>
          )}
        </span>
        <span className="block text-sm text-muted">
          {`${f.date(entry.at, "dayLong")}, ${f.date(entry.at, "time")}`}
          {money && <span className="whitespace-nowrap">{` · ${money}`}</span>}
        </span>
      </span>
      <span className="shrink-0 text-right font-medium tabular-nums">
        {gained > 0n && <span className="block text-success">{f.pointsSigned(gained)}</span>}
        {lost > 0n && <span className="block text-muted">{f.pointsSigned(-lost)}</span>}
        {gained === 0n && lost === 0n && <span className="block font-normal text-faint">0</span>}
        <span className="sr-only">{t("history.points")}</span>
      </span>
      {opens ? (
        <ChevronDown
          aria-hidden="true"
          className="size-4 shrink-0 text-faint transition-transform group-open:rotate-180"
        />
      ) : (
        <span className="w-4 shrink-0" />
      )}
    </span>
  );
}

function titleOf({ t }: Words, { kind, operation, gained }: Entry): string {
  if (kind === "expiry") return t("history.expiry");
  if (kind === "refund") return t("history.refund");
  if (kind === "purchase") return operation?.locationName ?? t("history.purchase");
  const code = operation?.because[0]?.code;
  if (code === "welcome") return t("history.welcome");
  if (code === "voucher") return t("history.voucher");
  return gained > 0n ? t("history.gift") : t("history.deducted");
}

function Bill({ words, lines }: { words: Words; lines: Line[] }) {
  return (
    <ul className="grid gap-1 text-sm">
      {lines.map((line, index) => (
        // Lines of a bill have no number of their own, and never move.
        // oxlint-disable-next-line react/no-array-index-key -- lines of one bill may be alike
        <li key={index} className="flex justify-between gap-4">
          <span className="min-w-0 wrap-anywhere">
            {line.name}
            {line.quantity !== 1 && (
              <span className="text-muted">{` × ${words.f.count(line.quantity)}`}</span>
            )}
          </span>
          <span className="shrink-0 tabular-nums">{words.f.money(line.amountMinor, { whole: "drop" })}</span>
        </li>
      ))}
    </ul>
  );
}

function Sums({ words, operation }: { words: Words; operation: Operation }) {
  const { t, f } = words;
  const rows = [
    [t("history.total"), operation.totalMinor],
    [t("history.discount"), operation.discountMinor],
    [operation.kind === "refund" ? t("history.cashBack") : t("history.cash"), operation.cashMinor],
  ] as const;
  return (
    <dl className="grid gap-1 text-sm">
      {rows.map(
        ([label, minor]) =>
          (minor !== 0n || label === rows[0][0]) && (
            <div key={label} className="flex justify-between gap-4">
              <dt className="text-muted">{label}</dt>
              <dd className="tabular-nums">{f.money(minor, { whole: "drop" })}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
