"use client";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { NumberField } from "@/components/office/number-field";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Segmented } from "@/components/ui/segmented";
import { formats } from "@/lib/platform/i18n/format";
import { SimulationResults } from "./simulation-results";
import { type Asked, type Run, useSimulation } from "./use-simulation";

const SPANS = ["30", "90", "365"] as const;
const MARGIN_BPS = 5_000;

/** Asks for the days and the margin, plays the past under what is asked for, and shows it beside what was. */
export function SimulationPanel({
  asked,
  currency,
  isReady = true,
}: {
  asked: Omit<Asked, "days" | "marginBps">;
  currency: string;
  isReady?: boolean;
}) {
  const t = useTranslations("rules.simulation");
  const f = formats({ locale: useLocale(), currency });
  const [span, setSpan] = useState<(typeof SPANS)[number]>("90");
  const [marginBps, setMargin] = useState<number | undefined>(MARGIN_BPS);
  const { run, start, stop } = useSimulation();
  const isRunning = run.state === "running";
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
      <div className="flex flex-wrap items-end gap-4">
        <Segmented
          name="span"
          legend={t("span")}
          value={span}
          onValueChange={setSpan}
          options={SPANS.map((days) => ({ value: days, label: t("days", { days: Number(days) }) }))}
        />
        <NumberField
          className="w-44"
          label={t("margin")}
          error={t("marginWrong")}
          unit="%"
          isRequired
          max={10_000n}
          value={BigInt(MARGIN_BPS)}
          onValue={(value) => setMargin(value === null || value === undefined ? undefined : Number(value))}
        />
        {isRunning ? (
          <Button variant="secondary" onClick={stop}>
            {t("stop")}
          </Button>
        ) : (
          <Button
            disabled={!isReady || marginBps === undefined}
            onClick={() => void start({ ...asked, days: Number(span), marginBps: marginBps ?? 0 })}
          >
            {t("start")}
          </Button>
        )}
      </div>
      <Progressing run={run} f={f} />
      {run.state === "failed" && <Failed code={run.code} />}
      {run.state === "played" && <SimulationResults result={run.result} f={f} />}
    </div>
  );
}

function Progressing({ run, f }: { run: Run; f: ReturnType<typeof formats> }) {
  const t = useTranslations("rules.simulation");
  if (run.state !== "running") return null;
  const text = t("progress", { done: f.count(run.done), total: f.count(run.total) });
  return (
    <div className="grid gap-1.5">
      <Progress value={run.total === 0 ? 0 : run.done / run.total} label={t("running")} valueText={text} />
      <p className="text-sm text-faint tabular-nums">{run.total === 0 ? t("running") : text}</p>
    </div>
  );
}

function Failed({ code }: { code: string }) {
  const codes = useTranslations("codes");
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an unknown code is caught below
  const known = code as Parameters<typeof codes>[0];
  return (
    <Notice tone="danger" live>
      {codes.has(known) ? codes(known) : codes("internal")}
    </Notice>
  );
}
