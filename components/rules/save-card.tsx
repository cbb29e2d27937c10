"use client";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { hrefOf } from "@/components/shell/nav-item";
import { Button } from "@/components/ui/button";
import { Card, CardBody } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Segmented } from "@/components/ui/segmented";
import type { Locale } from "@/lib/platform/i18n/locales";
import { saveRule } from "@/lib/program/actions";
import type { RuleBody } from "@/lib/program/model";

/** Puts the rule in force: now, or from the start of a day. */
export function SaveCard({
  basedOn,
  id,
  body,
  tomorrow,
  locale,
  isReady,
  isRefused,
}: {
  basedOn: number;
  id: bigint | null;
  body: RuleBody;
  tomorrow: string;
  locale: Locale;
  isReady: boolean;
  isRefused: boolean;
}) {
  const t = useTranslations("rules.save");
  const router = useRouter();
  const [isLater, setLater] = useState(false);
  const [day, setDay] = useState(tomorrow);
  const { run, isPending, failure } = useAct(saveRule, {
    said: isLater ? t("scheduled") : t("done"),
    onDone: () => router.push(hrefOf(`/${locale}/office/programme/${isLater ? "versions" : "rules"}`)),
  });
  const isStale = failure?.code === "stale";
  const isDayFine = !isLater || day >= tomorrow;
  return (
    <Card>
      <CardBody className="grid gap-4">
        <Segmented
          name="moment"
          legend={t("when")}
          value={isLater ? "later" : "now"}
          onValueChange={(moment) => setLater(moment === "later")}
          options={[
            { value: "now", label: t("now") },
            { value: "later", label: t("later") },
          ]}
        />
        {isLater && (
          <Field label={t("day")} hint={t("dayHint")} error={isDayFine ? undefined : t("dayPast")}>
            <Input type="date" min={tomorrow} value={day} onChange={(event) => setDay(event.target.value)} />
          </Field>
        )}
        {isStale ? (
          <Notice
            tone="warning"
            live
            title={t("stale")}
            action={
              <Button size="sm" variant="secondary" onClick={() => router.refresh()}>
                {t("reload")}
              </Button>
            }
          >
            {t("staleText")}
          </Notice>
        ) : (
          <FailureNotice failure={failure} />
        )}
        {isRefused && <p className="text-sm text-danger">{t("refused")}</p>}
        {!isReady && !isRefused && <p className="text-sm text-faint">{t("unfinished")}</p>}
        <Button
          size="lg"
          busy={isPending}
          disabled={!isReady || isRefused || !isDayFine}
          onClick={() =>
            run({ basedOn, id, body: { ...body, name: body.name.trim() }, from: isLater ? day : null })
          }
        >
          {isLater ? t("schedule") : t("publish")}
        </Button>
      </CardBody>
    </Card>
  );
}
