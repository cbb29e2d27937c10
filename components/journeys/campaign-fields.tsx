"use client";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { Estimate, Vocabulary } from "@/lib/journeys";
import { estimateAudience } from "@/lib/journeys/actions";
import type { Audience, Definition, Trigger } from "@/lib/journeys/schema";
import { ScheduleFields } from "./schedule-fields";

type Scheduled = Extract<Trigger, { kind: "schedule" }>;
const NOW: Scheduled = { kind: "schedule", schedule: { kind: "now" }, audience: { kind: "all" } };

/** Whom a campaign reaches and when, with the count kept live and what is left of it after consent and caps. */
export function CampaignFields({
  definition,
  words,
  onChange,
}: {
  definition: Definition;
  words: Vocabulary;
  onChange: (definition: Definition) => void;
}) {
  const trigger = definition.triggers.find((one): one is Scheduled => one.kind === "schedule") ?? NOW;
  return (
    <div className="grid gap-4">
      <ScheduleFields
        trigger={trigger}
        words={words}
        isOnce
        onChange={(next) => onChange({ ...definition, triggers: [next] })}
      />
      <ReachEstimate audience={trigger.audience} controlBps={definition.controlBps} />
    </div>
  );
}

/** A group that is being counted is asked about so often. */
const COUNTING_MS = 3_000;

function ReachEstimate({ audience, controlBps }: { audience: Audience; controlBps: number }) {
  const t = useTranslations("journeys");
  const [found, setFound] = useState<Estimate | null>(null);
  const key = JSON.stringify(audience);
  useEffect(() => {
    let isCurrent = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const ask = async () => {
      const result = await estimateAudience(null, { audience: JSON.parse(key) as Audience });
      if (!isCurrent || !result.ok) return;
      setFound(result.value);
      if (result.value.isCounting) again = setTimeout(tryToAsk, COUNTING_MS);
    };
    const tryToAsk = () => {
      ask().catch(() => {}); // the number stays as it was; saving will tell
    };
    tryToAsk();
    return () => {
      isCurrent = false;
      clearTimeout(again);
    };
  }, [key]);
  if (!found) return <p className="h-6 text-muted">…</p>;
  const control = Math.round((found.members * controlBps) / 10_000);
  const about = found.isSampled ? `${t("campaign.about")} ` : "";
  return (
    <div role="status" className="grid gap-3 rounded-lg bg-sunken p-4">
      <p className="text-lg font-semibold tabular-nums">
        {t("campaign.count", { n: found.members })}
        {control > 0 && (
          <span className="ml-2 text-sm font-normal text-muted">{t("campaign.control", { n: control })}</span>
        )}
      </p>
      {found.isCounting && <p className="text-sm">{t("campaign.counting")}</p>}
      <p className="text-sm text-muted">{t("campaign.reach")}</p>
      <ul className="grid max-w-xl gap-1.5 text-sm">
        {found.reach.map((one) => (
          <li key={one.channel} className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium">{t(`channel.${one.channel as "push"}`)}</span>
            <span className="text-muted tabular-nums">
              {about + t("campaign.of", { free: one.free, all: one.addressed, agreed: one.agreed })}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
