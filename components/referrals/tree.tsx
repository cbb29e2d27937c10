"use client";
import { ChevronRight } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, type ReactNode, useId, useState, useTransition } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cx } from "@/components/ui/cx";
import { Spinner } from "@/components/ui/spinner";
import { displayName } from "@/lib/members/model";
import { formats } from "@/lib/platform/i18n/format";
import type { Branch, BranchPage } from "@/lib/referrals";
import { moreFriends } from "@/lib/referrals/actions";

const LEVELS = 3;
const TONES = { joined: "neutral", bought: "success", held: "info", rejected: "danger" } as const;

/** Moves between the openers of a tree by arrow keys; right opens, left closes. */
export function walkTree(event: KeyboardEvent<HTMLElement>): void {
  const here = event.target;
  if (!(here instanceof HTMLButtonElement) || here.dataset.opener === undefined) return;
  const isOpen = here.getAttribute("aria-expanded") === "true";
  if ((event.key === "ArrowRight" && !isOpen) || (event.key === "ArrowLeft" && isOpen)) here.click();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step !== undefined) {
    const all = [...event.currentTarget.querySelectorAll<HTMLButtonElement>("button[data-opener]")];
    all[all.indexOf(here) + step]?.focus();
  }
  if (event.key.startsWith("Arrow")) event.preventDefault();
}

/** A row that opens onto the friends somebody brought. `level`: 1 for an inviter's own friends. */
export function Opener({
  memberId,
  name,
  isEmpty,
  level,
  currency,
  zone,
  className,
  children,
}: {
  memberId: bigint;
  name: string;
  isEmpty: boolean;
  level: number;
  currency: string;
  zone: string;
  className: string;
  children: ReactNode;
}) {
  const t = useTranslations("referrals.ambassadors");
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const branch = useBranch(memberId);
  const toggle = () => {
    if (!isOpen && branch.page === null) branch.more();
    setOpen(!isOpen);
  };
  return (
    <li>
      <div className={className}>
        {isEmpty || level > LEVELS ? (
          <span className="size-9" />
        ) : (
          <button
            type="button"
            data-opener=""
            aria-expanded={isOpen}
            aria-controls={id}
            aria-label={isOpen ? t("collapse", { name }) : t("expand", { name })}
            onClick={toggle}
            className="grid size-9 place-items-center rounded-md text-muted hover:bg-sunken hover:text-ink"
          >
            <ChevronRight
              aria-hidden="true"
              className={cx("size-4.5 transition-transform", isOpen && "rotate-90")}
            />
          </button>
        )}
        {children}
      </div>
      <div id={id}>
        {isOpen && <Friends branch={branch} name={name} level={level} currency={currency} zone={zone} />}
      </div>
    </li>
  );
}

/** The friends of one person as far as they were asked for; asked for when a branch opens, and then page by page. */
function useBranch(of: bigint) {
  const [page, setPage] = useState<BranchPage | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [isPending, start] = useTransition();
  const more = () =>
    start(async () => {
      const before = page?.next ?? null;
      const result = await moreFriends(null, { inviterId: of, before }).catch(() => null);
      setFailed(!result?.ok);
      if (!result?.ok) return;
      const { rows, next } = result.value;
      setPage((shown) => ({ rows: [...(shown?.rows ?? []), ...rows], next }));
    });
  return { page, isFailed, isPending, more };
}

function Friends({
  branch,
  name,
  level,
  currency,
  zone,
}: {
  branch: ReturnType<typeof useBranch>;
  name: string;
  level: number;
  currency: string;
  zone: string;
}) {
  const t = useTranslations("referrals.ambassadors");
  const { page, isFailed, isPending, more } = branch;
  return (
    <div className="ml-7 border-l pl-2 sm:ml-9 sm:pl-3">
      <ul aria-label={t("tree", { name })}>
        {page?.rows.map((row) => (
          <Friend key={row.memberId.toString()} row={row} level={level} currency={currency} zone={zone} />
        ))}
      </ul>
      <div role="status" className="px-3 text-sm empty:hidden">
        {isPending && <Spinner className="my-2" />}
        {isFailed && !isPending && <p className="py-2 text-danger">{t("moreFailed")}</p>}
      </div>
      {!isPending && (isFailed || (page !== null && page.next !== null)) && (
        <Button variant="ghost" size="sm" className="my-1" onClick={more}>
          {t("more")}
        </Button>
      )}
    </div>
  );
}

function Friend({ row, level, ...place }: { row: Branch; level: number; currency: string; zone: string }) {
  const t = useTranslations("referrals.ambassadors");
  const locale = useLocale();
  const f = formats({ locale, ...place });
  const name = displayName(row);
  const state = row.state === "open" ? (row.boughtAt ? "bought" : "joined") : row.state;
  return (
    <Opener
      memberId={row.memberId}
      name={name}
      isEmpty={row.invited === 0 || level === LEVELS}
      level={level + 1}
      {...place}
      className="grid grid-cols-[auto_minmax(0,1fr)] items-center gap-x-2 py-1.5 pr-4"
    >
      <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <Link
          href={`/${locale}/office/members/${row.memberId.toString()}`}
          className="truncate font-medium hover:underline"
        >
          {name}
        </Link>
        <Badge tone={TONES[state]}>{t(`state.${state}`)}</Badge>
        <span className="text-sm text-faint">{t("level", { level: String(level) })}</span>
        <span className="ml-auto flex flex-wrap gap-x-4 text-sm text-muted tabular-nums">
          {row.invited > 0 && <span>{t("hasFriends", { count: row.invited })}</span>}
          {row.cashMinor > 0n && (
            <span>{t("paid", { amount: f.money(row.cashMinor, { whole: "drop" }) })}</span>
          )}
          {row.points > 0n && (
            <span className="text-success">{t("brought", { points: f.points(row.points) })}</span>
          )}
        </span>
      </span>
    </Opener>
  );
}
