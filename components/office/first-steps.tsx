import { Check, ChevronRight } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { hrefOf } from "@/components/shell/nav-item";
import { Card } from "@/components/ui/card";
import { cx } from "@/components/ui/cx";
import { Progress } from "@/components/ui/progress";
import { type Actor, may } from "@/lib/access";
import type { Started } from "@/lib/analytics";
import type { Locale } from "@/lib/platform/i18n/locales";

/** What is still to do before the programme can live; gone once all of it is done, or nothing of it is this person's to do. */
export async function FirstSteps({ steps, actor, locale }: { steps: Started; actor: Actor; locale: Locale }) {
  const t = await getTranslations("office.start");
  const at = `/${locale}/office` as const;
  const all = [
    { name: "programme", href: hrefOf(`${at}/programme`), may: may(actor, "programme:write") },
    { name: "staff", href: hrefOf(`${at}/team`), may: may(actor, "staff:write") },
    { name: "poster", href: hrefOf(`${at}/poster`), may: may(actor, "members:write") },
    { name: "key", href: hrefOf(`${at}/integrations`), may: may(actor, "keys:write") },
  ] as const;
  const own = all.filter((step) => step.may);
  const done = own.filter((step) => steps[step.name]).length;
  if (done === own.length) return null;
  return (
    <Card>
      <section
        aria-labelledby="first-steps"
        className="grid gap-x-10 gap-y-5 p-5 sm:p-6 xl:grid-cols-[16rem_1fr]"
      >
        <div>
          <h2 id="first-steps" className="text-lg font-semibold tracking-tight">
            {t("title")}
          </h2>
          <p className="mt-1 text-sm text-muted">{t("text")}</p>
          <Progress
            className="mt-4"
            value={done / own.length}
            label={t("title")}
            valueText={t("progress", { done, all: own.length })}
          />
          <p className="mt-2 text-sm text-faint">{t("progress", { done, all: own.length })}</p>
        </div>
        <ol className="grid gap-2 sm:grid-cols-2">
          {own.map((step, index) => (
            <li key={step.name}>
              <Step
                href={step.href}
                isDone={steps[step.name]}
                number={index + 1}
                title={t(`${step.name}.title`)}
                text={steps[step.name] ? t("done") : t(`${step.name}.text`)}
              />
            </li>
          ))}
        </ol>
      </section>
    </Card>
  );
}

function Step(step: { href: Route; isDone: boolean; number: number; title: string; text: string }) {
  return (
    <Link
      href={step.href}
      className={cx(
        "flex h-full items-start gap-3 rounded-lg border p-4 transition-colors hover:border-line-strong hover:bg-sunken/60",
        step.isDone && "border-dashed",
      )}
    >
      <span
        aria-hidden="true"
        className={cx(
          "grid size-7 shrink-0 place-items-center rounded-full text-sm font-semibold",
          step.isDone ? "bg-success-soft text-success" : "bg-soft text-brand",
        )}
      >
        {step.isDone ? <Check className="size-4" /> : step.number}
      </span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        <span className={cx("block font-medium", step.isDone && "text-muted")}>{step.title}</span>
        <span className="mt-0.5 block text-sm text-muted">{step.text}</span>
      </span>
      {!step.isDone && <ChevronRight aria-hidden="true" className="mt-1 size-4 shrink-0 text-faint" />}
    </Link>
  );
}
