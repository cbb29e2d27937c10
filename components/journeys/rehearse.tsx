"use client";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { rehearseJourney } from "@/lib/journeys/actions";
import { allSteps, type Reader, readStep, type Walked } from "@/lib/journeys/model";
import type { Definition } from "@/lib/journeys/schema";
import { useSay } from "./reader";

const DAYS_MAX = 120;
/** Steps said in full, because their kind alone says too little. */
const SPOKEN: readonly string[] = ["message", "points", "promo", "reward", "tag", "task"];

/** One person walked through the draft on a simulated clock. */
export function Rehearse({
  journeyId,
  definition,
  reader,
}: {
  journeyId: bigint;
  definition: Definition;
  reader: Reader;
}) {
  const t = useTranslations("journeys.rehearse");
  const [member, setMember] = useState("");
  const [days, setDays] = useState(30);
  const [buys, setBuys] = useState("");
  const [walked, setWalked] = useState<Walked | null>(null);
  const { run, isPending, failure } = useAct(rehearseJourney, { onDone: setWalked });
  const walk = (until: number) => {
    if (!/^\d{1,16}$/.test(member)) return;
    const buysAfterDays = /^\d{1,3}$/.test(buys) ? Number(buys) : null;
    run({ journeyId, definition, memberId: BigInt(member), days: until, buysAfterDays });
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-4">
        <div className="grid grid-cols-2 gap-3">
          <Field label={t("member")}>
            <Input
              inputMode="numeric"
              value={member}
              maxLength={16}
              onChange={(event) => setMember(event.currentTarget.value.trim())}
            />
          </Field>
          <Field label={t("buys")}>
            <Input
              inputMode="numeric"
              value={buys}
              maxLength={3}
              onChange={(event) => setBuys(event.currentTarget.value.trim())}
            />
          </Field>
        </div>
        <Field label={t("days", { n: days })}>
          <input
            type="range"
            min={0}
            max={DAYS_MAX}
            value={days}
            className="w-full accent-brand"
            onChange={(event) => setDays(event.currentTarget.valueAsNumber)}
            onPointerUp={() => walk(days)}
            onKeyUp={() => walk(days)}
          />
        </Field>
        <Button
          variant="secondary"
          className="justify-self-start"
          busy={isPending}
          disabled={member === ""}
          onClick={() => walk(days)}
        >
          {t("run")}
        </Button>
        <FailureNotice failure={failure} />
        {walked && <Trace walked={walked} definition={definition} reader={reader} />}
      </CardBody>
    </Card>
  );
}

function Trace({ walked, definition, reader }: { walked: Walked; definition: Definition; reader: Reader }) {
  const t = useTranslations("journeys");
  const say = useSay("journeys");
  const format = useFormatter();
  const time = (at: Date) => format.dateTime(at, { dateStyle: "medium", timeStyle: "short" });
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
