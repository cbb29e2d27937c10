"use client";
import { Coins, Gift, Percent, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { Offer } from "@/lib/messaging/model";
import type { Drafted } from "./template-draft";

/** What a message may give: the business's campaigns of codes and its rewards. */
export type Givable = {
  readonly promos: readonly { id: string; name: string }[];
  readonly rewards: readonly { id: string; name: string }[];
};
const KINDS = ["points", "promo_code", "reward"] as const;
type Kind = (typeof KINDS)[number];
const ICONS = { points: Coins, promo_code: Percent, reward: Gift };
const POINTS = 50;
const DAYS = 14;

/** What a message gives along: made for each member when it is sent. */
export function OfferFields({ drafted, givable }: { drafted: Drafted; givable: Givable }) {
  const t = useTranslations("messaging.office.editor");
  const offers = drafted.draft.content.offers ?? [];
  const lists = { points: null, promo_code: givable.promos, reward: givable.rewards };
  const startOf = (kind: Kind): Offer => {
    const first = lists[kind]?.[0]?.id ?? "";
    if (kind === "points") return { kind, with: { points: POINTS, days: DAYS } };
    return { kind, with: { [ID_OF[kind]]: first, days: DAYS } };
  };
  const free = KINDS.filter(
    (kind) => !offers.some((one) => one.kind === kind) && (lists[kind] === null || lists[kind].length > 0),
  );
  return (
    <fieldset className="rounded-lg border p-4">
      <legend className="float-left w-full font-medium">{t("offers")}</legend>
      <p className="clear-both text-sm text-muted">{t("offersText")}</p>
      <div className="mt-3 grid gap-4">
        {offers.map((offer) => {
          const kind = KINDS.find((one) => one === offer.kind);
          return (
            kind && (
              <OneOffer
                key={kind}
                kind={kind}
                offer={offer}
                list={lists[kind]}
                onChange={(changed) =>
                  drafted.setOffers(offers.map((one) => (one === offer ? changed : one)))
                }
                onRemove={() => drafted.setOffers(offers.filter((one) => one !== offer))}
              />
            )
          );
        })}
        {free.length > 0 && (
          <div className="flex flex-wrap gap-2">
            {free.map((kind) => {
              const Icon = ICONS[kind];
              return (
                <Button
                  key={kind}
                  variant="secondary"
                  size="sm"
                  onClick={() => drafted.setOffers([...offers, startOf(kind)])}
                >
                  <Icon aria-hidden="true" />
                  {t(`add.${kind}`)}
                </Button>
              );
            })}
          </div>
        )}
      </div>
    </fieldset>
  );
}

const ID_OF = { promo_code: "promoId", reward: "rewardId" } as const;

function OneOffer({
  kind,
  offer,
  list,
  onChange,
  onRemove,
}: {
  kind: Kind;
  offer: Offer;
  list: readonly { id: string; name: string }[] | null;
  onChange: (offer: Offer) => void;
  onRemove: () => void;
}) {
  const t = useTranslations("messaging.office.editor");
  const set = (change: Offer["with"]) => onChange({ kind, with: { ...offer.with, ...change } });
  return (
    <div className="flex flex-wrap items-end gap-3">
      {kind === "points" || list === null ? (
        <Field label={t("pointsAmount")} className="w-40">
          <Input
            type="number"
            min={1}
            max={1_000_000}
            value={String(offer.with.points ?? "")}
            onChange={(event) => set({ points: Number(event.target.value) })}
          />
        </Field>
      ) : (
        <Field label={t(`add.${kind}`)} className="min-w-48 flex-1">
          <Select
            value={String(offer.with[ID_OF[kind]] ?? "")}
            onChange={(event) => set({ [ID_OF[kind]]: event.target.value })}
          >
            {list.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Select>
        </Field>
      )}
      <Field label={t("offerDays")} className="w-32">
        <Input
          type="number"
          min={0}
          max={3_650}
          placeholder={t("offerForever")}
          value={typeof offer.with.days === "number" ? String(offer.with.days) : ""}
          onChange={(event) => {
            const days = event.target.valueAsNumber;
            set({ days: Number.isInteger(days) && days > 0 ? days : null });
          }}
        />
      </Field>
      <Button variant="ghost" onClick={onRemove}>
        <X aria-hidden="true" />
        {t("remove")}
      </Button>
    </div>
  );
}
