"use client";
import { UserSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { SEARCH_MIN } from "@/lib/members/model";
import { Avatar } from "../ui/avatar";
import { Badge } from "../ui/badge";
import { EmptyState } from "../ui/empty-state";
import { Notice } from "../ui/notice";
import { Skeleton } from "../ui/skeleton";
import { ask, type Trouble } from "./ask";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";

/** A hit as the desk's members address answers it. */
type Hit = {
  id: bigint;
  name: string | null;
  phone: string | null;
  points: bigint;
  lastAt: Date | null;
  isBlocked: boolean;
};
type Found = { search: string } & Awaited<ReturnType<typeof ask<readonly Hit[]>>>;

const PAUSE_MS = 250;

/** Members whose name, phone or e-mail has what was typed, found while typing. */
export function NameResults({ search, onPick }: { search: string; onPick: (memberId: number) => void }) {
  const t = useTranslations("desk.identify");
  const say = useTroubleText();
  const wanted = search.trim();
  const found = useFound(wanted);
  if (wanted.length < SEARCH_MIN)
    return (
      <EmptyState icon={<UserSearch />} title={t("nameShort", { count: SEARCH_MIN })} className="py-8">
        {t("nameCannotSpend")}
      </EmptyState>
    );
  if (!found)
    return (
      <div className="grid content-start gap-2" aria-busy="true">
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
        <Skeleton className="h-16" />
      </div>
    );
  if (!found.ok)
    return (
      <Notice tone="danger" live>
        {say(found.trouble satisfies Trouble)}
      </Notice>
    );
  return (
    <div className="min-w-0">
      <p className="sr-only" role="status">
        {t("nameFound", { count: found.value.length })}
      </p>
      {found.value.length === 0 ? (
        <EmptyState icon={<UserSearch />} title={t("nameNone")} className="py-8">
          {t("nameNoneText")}
        </EmptyState>
      ) : (
        <ul className="grid max-h-96 grid-cols-1 content-start gap-2 overflow-y-auto p-0.5">
          {found.value.map((hit) => (
            <li key={hit.id}>
              <HitButton hit={hit} onPick={onPick} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function HitButton({
  hit,
  onPick,
}: {
  hit: Extract<Found, { ok: true }>["value"][number];
  onPick: (memberId: number) => void;
}) {
  const t = useTranslations("desk.guest");
  const { format } = useDesk();
  const name = hit.name ?? hit.phone ?? "—";
  return (
    <button
      type="button"
      onClick={() => onPick(hit.id)}
      className="flex min-h-16 w-full items-center gap-3 rounded-lg border bg-surface px-3 py-2 text-left shadow-card hover:bg-sunken"
    >
      <Avatar name={name} seed={String(hit.id)} />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{name}</span>
        <span className="block truncate text-sm text-muted tabular-nums">
          {[hit.name && hit.phone, hit.lastAt && format.days(hit.lastAt)].filter(Boolean).join(" · ")}
        </span>
      </span>
      {hit.isBlocked ? (
        <Badge tone="danger">{t("blocked")}</Badge>
      ) : (
        <span className="font-semibold tabular-nums">{format.points(hit.points)}</span>
      )}
    </button>
  );
}

function useFound(search: string): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  useEffect(() => {
    if (search.length < SEARCH_MIN) return;
    const call = new AbortController();
    const find = async () => {
      const answer = await ask<readonly Hit[]>("members", { body: { search }, signal: call.signal });
      if (!call.signal.aborted) setFound({ search, ...answer });
    };
    const pause = setTimeout(() => void find(), PAUSE_MS);
    return () => {
      clearTimeout(pause);
      call.abort();
    };
  }, [search]);
  return found?.search === search ? found : null;
}
