"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { PERK_KINDS, type Perk } from "@/lib/tiers/model";

const PERKS_MAX = 12;

/** What a tier brings, as a list of known kinds with words of the owner's own. */
export function PerkFields({
  perks,
  onChange,
}: {
  perks: readonly Perk[];
  onChange: (perks: readonly Perk[]) => void;
}) {
  const t = useTranslations("tiers.tier");
  const kinds = useTranslations("tiers.perk");
  const change = (at: number, part: Partial<Perk>) =>
    onChange(perks.map((perk, index) => (index === at ? { ...perk, ...part } : perk)));
  const free =
    PERK_KINDS.find((kind) => kind === "own" || perks.every((perk) => perk.kind !== kind)) ?? "own";
  return (
    <fieldset className="grid gap-3">
      <legend className="sr-only">{t("perks")}</legend>
      <div>
        <p aria-hidden="true" className="text-sm font-medium">
          {t("perks")}
        </p>
        <p className="text-sm text-faint">{t("perksHint")}</p>
      </div>
      {perks.map((perk, at) => (
        // The list has no other identity than its order.
        // biome-ignore lint/suspicious/noArrayIndexKey: rows are edited in place
        <div key={at} className="flex flex-wrap items-center gap-2">
          <Select
            aria-label={t("perkKind")}
            value={perk.kind}
            onChange={(event) =>
              change(at, { kind: PERK_KINDS.find((kind) => kind === event.target.value) ?? "own" })
            }
            className="w-full sm:w-56"
          >
            {PERK_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {kinds(kind)}
              </option>
            ))}
          </Select>
          <Input
            aria-label={t("perkText")}
            value={perk.text ?? ""}
            maxLength={120}
            placeholder={perk.kind === "own" ? t("perkText") : t("perkPlaceholder")}
            onChange={(event) => change(at, { text: event.target.value || null })}
            className="min-w-0 flex-1"
          />
          <Button
            variant="ghost"
            icon
            aria-label={t("perkRemove")}
            onClick={() => onChange(perks.filter((_, index) => index !== at))}
          >
            <Trash2 aria-hidden="true" />
          </Button>
        </div>
      ))}
      {perks.length < PERKS_MAX && (
        <Button
          variant="secondary"
          size="sm"
          className="w-fit"
          onClick={() => onChange([...perks, { kind: free, text: null }])}
        >
          <Plus aria-hidden="true" />
          {t("perkAdd")}
        </Button>
      )}
    </fieldset>
  );
}
