"use client";
import { Coins, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Drafted } from "./template-draft";

const START = 50;

/** What a message gives along: made for each member when it is sent. */
export function OfferFields({ drafted }: { drafted: Drafted }) {
  const t = useTranslations("messaging.office.editor");
  const offers = drafted.draft.content.offers ?? [];
  const points = offers.find(({ kind }) => kind === "points");
  const others = offers.filter(({ kind }) => kind !== "points");
  return (
    <fieldset className="rounded-lg border p-4">
      <legend className="float-left w-full font-medium">{t("offers")}</legend>
      <p className="clear-both text-sm text-muted">{t("offersText")}</p>
      <div className="mt-3 flex flex-wrap items-end gap-3">
        {points ? (
          <>
            <Field label={t("pointsAmount")} className="w-44">
              <Input
                type="number"
                min={1}
                max={1_000_000}
                value={String(points.with.points ?? "")}
                onChange={(event) =>
                  drafted.setOffers([
                    ...others,
                    { kind: "points", with: { points: Number(event.target.value) } },
                  ])
                }
              />
            </Field>
            <Button variant="ghost" onClick={() => drafted.setOffers(others)}>
              <X aria-hidden="true" />
              {t("remove")}
            </Button>
          </>
        ) : (
          <Button
            variant="secondary"
            size="sm"
            onClick={() => drafted.setOffers([...others, { kind: "points", with: { points: START } }])}
          >
            <Coins aria-hidden="true" />
            {t("addPoints")}
          </Button>
        )}
      </div>
    </fieldset>
  );
}
