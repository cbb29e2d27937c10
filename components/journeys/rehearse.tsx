"use client";
import { X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { type Found, MemberPicker } from "@/components/members/member-picker";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Avatar } from "@/components/ui/avatar";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { rehearseJourney } from "@/lib/journeys/actions";
import { allSteps, type Reader, readStep, type Walked } from "@/lib/journeys/model";
import type { Definition } from "@/lib/journeys/schema";
import { displayName } from "@/lib/members/model";
import { formats } from "@/lib/platform/i18n/format";
import { useSay } from "./reader";

const DAYS_MAX = 120;
/** Steps said in full, because their kind alone says too little. */
const SPOKEN: readonly string[] = ["message", "points", "promo", "reward", "tag", "task"];

/** One person walked through the draft on a simulated clock. */
export function Rehearse({
  journeyId,
  definition,
  reader,
  zone,
}: {
  journeyId: bigint;
  definition: Definition;
  reader: Reader;
  zone: string;
}) {
  const t = useTranslations("journeys.rehearse");
  const [who, setWho] = useState<Found | null>(null);
  const [days, setDays] = useState(30);
  const [buys, setBuys] = useState("");
  const [walked, setWalked] = useState<Walked | null>(null);
  const { run, isPending, failure, forget } = useAct(rehearseJourney, { onDone: setWalked });
  const walk = (found: Found | null) => {
    if (found === null) return;
    const buysAfterDays = /^\d{1,3}$/.test(buys) ? Number(buys) : null;
    run({ journeyId, definition, memberId: found.id, days, buysAfterDays });
  };
  const choose = (found: Found | null) => {
    setWho(found);
    setWalked(null);
    forget();
    walk(found);
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid grid-cols-1 gap-4">
        {who === null ? (
          <MemberPicker
            renderAct={(found) => (
              <Button
                size="sm"
                variant="secondary"
                aria-label={`${t("pick")}: ${displayName(found)}`}
                onClick={() => choose(found)}
              >
                {t("pick")}
              </Button>
            )}
          />
        ) : (
          <>
            <Walker who={who} onOther={() => choose(null)} />
            <Field label={t("buys")}>
              <Input
                inputMode="numeric"
                value={buys}
                maxLength={3}
                placeholder="—"
                onChange={(event) => setBuys(event.currentTarget.value.trim())}
                onBlur={() => walk(who)}
              />
            </Field>
            <Field label={t("days", { n: days })}>
              <input
                type="range"
                min={0}
                max={DAYS_MAX}
                value={days}
                className="w-full accent-brand"
                onChange={(event) => setDays(event.currentTarget.valueAsNumber)}
                onPointerUp={() => walk(who)}
                onKeyUp={() => walk(who)}
              />
            </Field>
            <Button
              variant="secondary"
              className="justify-self-start"
              busy={isPending}
              onClick={() => walk(who)}
            >
              {t("run")}
            </Button>
          </>
        )}
        <FailureNotice failure={failure} />
        {walked && <Trace walked={walked} definition={definition} reader={reader} zone={zone} />}
      </CardBody>
    </Card>
  );
}

/** Who walks, and a way to let somebody else. */
function Walker({ who, onOther }: { who: Found; onOther: () => void }) {
  const t = useTranslations("journeys.rehearse");
  return (
    <div className="flex items-center gap-3 rounded-lg border px-3 py-2">
      <Avatar name={displayName(who)} seed={who.id.toString()} size="sm" />
      <span className="min-w-0 flex-1 truncate font-medium">{displayName(who)}</span>
      <Button variant="ghost" size="sm" icon aria-label={t("other")} onClick={onOther}>
        <X aria-hidden="true" />
      </Button>
    </div>
  );
}

function Trace({
  walked,
  definition,
  reader,
  zone,
}: {
  walked: Walked;
  definition: Definition;
  reader: Reader;
  zone: string;
}) {
  const t = useTranslations("journeys");
  const say = useSay("journeys");
  const { date } = formats({ locale: useLocale(), zone });
  const time = (at: Date) => date(at, "dateTime");
  const steps = new Map(allSteps(definition.steps).map((step) => [step.id, step]));
  const nameOf = (id: string) => {
    const step = steps.get(id);
    if (!step) return id;
    return SPOKEN.includes(step.kind) ? readStep(step, reader) : t(`kind.${step.kind}`);
  };
  const { position, lines } = walked;
  return (
    <ol role="status" className="grid gap-2 border-l-2 border-brand/40 pl-4 text-sm">
      {lines.length === 0 && position.dueAt === null && (
        <li className="text-muted">{t("rehearse.nothing")}</li>
      )}
      {lines.map((line) => (
        <li key={line.step}>
          <span className="block text-faint tabular-nums">{time(line.at)}</span>
          {nameOf(line.step)} — {say(`code.${line.code}`)}
        </li>
      ))}
      {position.state === "active" && position.step !== null && position.dueAt && (
        <li className="text-muted">
          {nameOf(position.step)} — {t("rehearse.waiting", { time: time(position.dueAt) })}
        </li>
      )}
      {position.state !== "active" && <li className="font-medium">{t(`run.${position.state}`)}</li>}
    </ol>
  );
}
