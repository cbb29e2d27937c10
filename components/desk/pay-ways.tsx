"use client";
import { useTranslations } from "next-intl";
import type { DeskQuote, Guest, Offer } from "@/lib/sales";
import { cx } from "../ui/cx";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Notice } from "../ui/notice";
import { Because } from "./because";
import { useDesk } from "./setting";
import type { SaleForm, Way } from "./use-sale-form";
import { useTouch } from "./use-touch";
import type { Wire } from "./wire";

/** The ways to pay this bill, each with what to take and what it earns; the one taken is explained below. */
export function PayWays({
  form,
  guest,
  quote,
  isPending,
  tooMany,
}: {
  form: SaleForm;
  guest: Wire<Guest>;
  quote: Wire<DeskQuote> | null;
  isPending: boolean;
  /** The most allowed, when more was typed. */
  tooMany: number | null;
}) {
  const t = useTranslations("desk.sale");
  const { format } = useDesk();
  const maxPoints = quote?.most.points ?? 0;
  const shown = quote && (form.way === "none" ? quote.none : form.way === "most" ? quote.most : quote.chosen);
  return (
    <div
      className={cx(
        "grid min-w-0 content-start gap-3",
        isPending && "opacity-70 transition-opacity delay-300",
      )}
    >
      <fieldset className="grid min-w-0 gap-2.5">
        <legend className="mb-2 text-sm font-medium">{t("ways")}</legend>
        <WayCard form={form} way="none" title={t("none")} offer={quote?.none} />
        {guest.maySpend && guest.available > 0 && (
          <>
            <WayCard
              form={form}
              way="most"
              title={quote ? t("most", { points: format.points(maxPoints) }) : t("mostAny")}
              offer={quote?.most}
              isDisabled={quote !== null && maxPoints === 0}
            />
            <WayCard
              form={form}
              way="custom"
              title={t("custom")}
              offer={undefined}
              isDisabled={quote !== null && maxPoints === 0}
            />
          </>
        )}
      </fieldset>
      {form.way === "custom" && <CustomPoints form={form} maxPoints={maxPoints} tooMany={tooMany} />}
      {!guest.maySpend && guest.available > 0 && <Notice tone="info">{t("needsCode")}</Notice>}
      {shown && <Outcome offer={shown} />}
    </div>
  );
}

function WayCard({
  form,
  way,
  title,
  offer,
  isDisabled = false,
}: {
  form: SaleForm;
  way: Way;
  title: string;
  offer: Wire<Offer> | undefined;
  isDisabled?: boolean;
}) {
  const t = useTranslations("desk.sale");
  const { format } = useDesk();
  const isChosen = form.way === way;
  return (
    <label
      className={cx(
        "flex min-h-14 items-center justify-between gap-3 rounded-lg border px-4 py-2 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-ring",
        isChosen ? "border-brand bg-soft" : "bg-surface hover:bg-sunken",
        isDisabled && "opacity-50",
      )}
    >
      <span className="flex min-w-0 items-center gap-3">
        <input
          type="radio"
          name="way"
          value={way}
          checked={isChosen}
          disabled={isDisabled}
          onChange={() => {
            form.setWay(way);
            form.setFocus(way === "custom" ? "points" : "total");
          }}
          className="choice choice-dot mt-0"
        />
        <span className="min-w-0 font-medium break-words">{title}</span>
      </span>
      {offer && (
        <span className="shrink-0 text-right tabular-nums">
          <span className="block font-semibold">{format.money(offer.cashMinor)}</span>
          {offer.earned > 0 && (
            <span className="block text-xs text-muted">
              {t("earns", { points: format.points(offer.earned) })}
            </span>
          )}
        </span>
      )}
    </label>
  );
}

function CustomPoints({
  form,
  maxPoints,
  tooMany,
}: {
  form: SaleForm;
  maxPoints: number;
  tooMany: number | null;
}) {
  const t = useTranslations("desk.sale");
  const { format } = useDesk();
  const isTouch = useTouch({ wide: true });
  const { typedPoints } = form;
  const error =
    tooMany !== null
      ? t("tooMany", { points: format.points(tooMany) })
      : typedPoints.is === "wrong" && typedPoints.why !== "zero" && t(`amount.${typedPoints.why}`);
  return (
    <Field
      label={t("customLabel")}
      hint={t("customHint", { points: format.points(maxPoints) })}
      error={error || undefined}
    >
      <Input
        size="lg"
        autoFocus
        autoComplete="off"
        inputMode={isTouch ? "none" : "decimal"}
        maxLength={16}
        placeholder="0"
        value={form.points}
        onFocus={() => form.setFocus("points")}
        onChange={(event) => form.setPoints(event.target.value)}
        className="text-xl font-semibold tabular-nums"
      />
    </Field>
  );
}

function Outcome({ offer }: { offer: Wire<Offer> }) {
  const t = useTranslations("desk.sale");
  const rewards = useTranslations("rewards.desk");
  const { format } = useDesk();
  return (
    <div className="grid gap-1 border-t pt-3 text-sm">
      {offer.discountMinor > 0 && (
        <p className="flex justify-between gap-3">
          <span className="text-muted">{t("discount")}</span>
          <span className="tabular-nums">−{format.money(offer.discountMinor)}</span>
        </p>
      )}
      {offer.certificateMinor > 0 && (
        <p className="flex justify-between gap-3">
          <span className="text-muted">{rewards("paidByCertificate")}</span>
          <span className="tabular-nums">−{format.money(offer.certificateMinor)}</span>
        </p>
      )}
      {offer.reaches && <p className="font-medium text-success">{t("reaches", { tier: offer.reaches })}</p>}
      <Because because={offer.because} />
    </div>
  );
}
