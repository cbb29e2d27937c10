"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import { NumberField } from "@/components/office/number-field";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Segmented } from "@/components/ui/segmented";
import { saveLimits } from "@/lib/insights/actions";
import { limits as rule } from "@/lib/insights/schema";

export type Steps = { recency: number[]; frequency: number[]; monetary: number[] };
type What = keyof Steps;
const WHATS: readonly What[] = ["recency", "frequency", "monetary"];
const STEP_NOS = [0, 1, 2, 3] as const;

/** By fifths, or by limits of one's own, which begin as the ones in force. */
export function LimitsForm({ own, now }: { own: Steps | null; now: Steps }) {
  const t = useTranslations("insights.limits");
  const [kind, setKind] = useState<"fifths" | "own">(own ? "own" : "fifths");
  const [steps, setSteps] = useState<Record<What, (number | null | undefined)[]>>(own ?? now);
  const { run, isPending, failure } = useAct(saveLimits, { said: t("saved") });
  const checked = rule.safeParse(steps);
  const wrong = (what: What) =>
    steps[what].every((step) => typeof step === "number") && !rule.shape[what].safeParse(steps[what]).success;
  return (
    <form
      className="grid gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (kind === "fifths") run({ limits: null });
        else if (checked.success) run({ limits: checked.data });
      }}
    >
      <Segmented
        name="kind"
        legend={t("title")}
        value={kind}
        onValueChange={setKind}
        options={[
          { value: "fifths", label: t("fifths") },
          { value: "own", label: t("own") },
        ]}
        className="w-fit"
      />
      <p className="text-sm text-muted">{kind === "own" ? t("ownText") : t("fifthsText")}</p>
      {kind === "own" &&
        WHATS.map((what) => (
          <fieldset key={what} className="grid gap-2">
            <legend className="text-sm font-medium">
              {t(what)} <span className="font-normal text-faint">{t(`${what}Hint`)}</span>
            </legend>
            <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
              {STEP_NOS.map((no) => (
                <NumberField
                  key={no}
                  label={t("step", { what: t(what), no: no + 1 })}
                  error={t("number")}
                  isRequired
                  whole={what !== "monetary"}
                  value={asBig(steps[what][no])}
                  onValue={(value) =>
                    setSteps({
                      ...steps,
                      [what]: steps[what].map((old, i) => (i === no ? asNumber(value) : old)),
                    })
                  }
                />
              ))}
            </div>
            {wrong(what) && (
              <p role="alert" className="text-sm text-danger">
                {t("ascending")}
              </p>
            )}
          </fieldset>
        ))}
      <FailureNotice failure={failure} />
      <Button type="submit" busy={isPending} disabled={kind === "own" && !checked.success} className="w-fit">
        {t("save")}
      </Button>
    </form>
  );
}

const asBig = (step: number | null | undefined) => (typeof step === "number" ? BigInt(step) : null);
const asNumber = (value: bigint | null | undefined) => (typeof value === "bigint" ? Number(value) : value);
