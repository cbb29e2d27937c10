"use client";
import { BadgeCheck, ShieldAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Guest } from "@/lib/sales";
import { leftText } from "../tiers/left-text";
import { perkText } from "../tiers/perk-text";
import { Badge } from "../ui/badge";
import { Progress } from "../ui/progress";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** What to say about the guest's tier: what it brings, what is left to the next one, and what keeps this one. */
export function TierFacts({ guest }: { guest: Wire<Guest> }) {
  const t = useTranslations("tiers");
  const desk = useTranslations("desk.guest");
  const { format } = useDesk();
  const money = (minor: bigint) => format.money(Number(minor));
  const { tier, next, keeping, givenUntil } = guest;
  const toNext = next && t("desk.toNext", { what: leftText(next, t, money), tier: next.name });
  return (
    <>
      {tier.perks.length > 0 && (
        <ul aria-label={t("desk.perks")} className="flex flex-wrap gap-1.5">
          {tier.perks.map((perk) => (
            <li key={perkText(perk, t)} className="max-w-full">
              <Badge tone="brand" className="max-w-full">
                <BadgeCheck aria-hidden="true" className="size-3.5 shrink-0" />
                <span className="truncate">{perkText(perk, t)}</span>
              </Badge>
            </li>
          ))}
        </ul>
      )}
      {givenUntil && (
        <p className="text-sm text-muted">{t("desk.given", { date: format.lastDay(givenUntil) })}</p>
      )}
      {next && toNext && (
        <div className="grid gap-1.5">
          <p className="text-sm font-medium break-words">{toNext}</p>
          <Progress value={next.progress} label={desk("progress", { tier: next.name })} valueText={toNext} />
        </div>
      )}
      {keeping && !keeping.isDone && (
        <p
          className={`flex items-start gap-2 text-sm break-words ${keeping.isGrace ? "text-warning" : "text-muted"}`}
        >
          {keeping.isGrace && <ShieldAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />}
          {t(keeping.isGrace ? "desk.grace" : "desk.keep", {
            tier: tier.name,
            date: format.lastDay(keeping.by),
            what: leftText(keeping, t, money),
          })}
        </p>
      )}
    </>
  );
}
