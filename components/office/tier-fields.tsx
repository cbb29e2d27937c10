"use client";
import { Plus, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { Tier } from "@/lib/tiers/model";
import { NumberField } from "./number-field";
import type { Draft } from "./programme-draft";
import type { Failure } from "./use-act";

const TIERS_MAX = 20;
const RATE_MAX = 10_000n;

/** The tiers, from the one everybody starts on to the highest. */
export function TierFields({
  draft,
  unit,
  failure,
}: {
  draft: Draft;
  unit: string;
  failure: Failure | null;
}) {
  const t = useTranslations("office.programme.tiers");
  const { base, tiers } = draft.settings;
  const change = (id: string, part: Partial<Tier>) =>
    draft.set(
      "tiers",
      tiers.map((tier) => (tier.id === id ? { ...tier, ...part } : tier)),
    );
  const remove = (id: string) => {
    for (const name of FIELDS) draft.mark(`${id}.${name}`, true);
    draft.set(
      "tiers",
      tiers.filter((tier) => tier.id !== id),
    );
  };
  const add = () => {
    const last = tiers.at(-1) ?? base;
    const id = `tier-${crypto.randomUUID().slice(0, 8)}`;
    const spentMinor = (last.spentMinor ?? 500_000n) * 2n;
    const rateBps = Math.min(10_000, last.rateBps + 500);
    draft.set("tiers", [
      ...tiers,
      {
        id,
        name: t("newName", { number: tiers.length + 1 }),
        rateBps,
        maxPointsBps: null,
        spentMinor,
        invited: null,
      },
    ]);
  };
  const problem = (path: string) => {
    const code = failure?.fields?.[`settings.${path}`]?.[0];
    return code === "tier_name_repeated" || code === "tier_without_threshold" || code === "required"
      ? t(`problem.${code}`)
      : code && t("problem.other");
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <ol className="divide-y divide-line">
        <li className="p-5 sm:px-6">
          <TierRow
            tier={base}
            draft={draft}
            unit={unit}
            onChange={(part) => draft.set("base", { ...base, ...part })}
            problem={(name) => problem(`base.${name}`)}
          />
        </li>
        {tiers.map((tier, index) => (
          <li key={tier.id} className="p-5 sm:px-6">
            <TierRow
              tier={tier}
              draft={draft}
              unit={unit}
              onChange={(part) => change(tier.id, part)}
              onRemove={() => remove(tier.id)}
              problem={(name) => problem(`tiers.${index}.${name}`)}
            />
          </li>
        ))}
      </ol>
      {tiers.length < TIERS_MAX && (
        <CardBody className="border-t">
          <Button variant="secondary" onClick={add}>
            <Plus aria-hidden="true" />
            {t("add")}
          </Button>
        </CardBody>
      )}
    </Card>
  );
}

const FIELDS = ["rateBps", "maxPointsBps", "spentMinor", "invited"] as const;

function TierRow({
  tier,
  draft,
  unit,
  onChange,
  onRemove,
  problem,
}: {
  tier: Tier;
  draft: Draft;
  unit: string;
  onChange: (part: Partial<Tier>) => void;
  onRemove?: () => void;
  problem: (name: string) => string | undefined;
}) {
  const t = useTranslations("office.programme.tiers");
  const isPoints = draft.settings.policy === "points";
  const isBase = onRemove === undefined;
  /** `undefined` from a field marks it and leaves the tier as it was. */
  const put =
    (name: (typeof FIELDS)[number], part: (value: bigint | null) => Partial<Tier>) =>
    (value: bigint | null | undefined) => {
      draft.mark(`${tier.id}.${name}`, value !== undefined);
      if (value !== undefined) onChange(part(value));
    };
  return (
    <div className="grid gap-4">
      <div className="flex items-start gap-3">
        <Field label={isBase ? t("baseName") : t("name")} error={problem("name")} className="min-w-0 flex-1">
          <Input
            value={tier.name}
            maxLength={60}
            onChange={(event) => onChange({ name: event.target.value })}
          />
        </Field>
        {onRemove && (
          <Button
            variant="ghost"
            icon
            onClick={onRemove}
            aria-label={t("remove", { name: tier.name })}
            className="mt-6.5"
          >
            <Trash2 aria-hidden="true" />
          </Button>
        )}
      </div>
      <div className="grid grid-cols-2 items-start gap-4 lg:grid-cols-4">
        <NumberField
          label={isPoints ? t("rate") : t("discount")}
          error={t("rateError")}
          value={BigInt(tier.rateBps)}
          onValue={put("rateBps", (value) => ({ rateBps: Number(value ?? 0n) }))}
          unit="%"
          isRequired
          max={RATE_MAX}
        />
        <NumberField
          label={t("cap")}
          error={t("rateError")}
          value={tier.maxPointsBps === null ? null : BigInt(tier.maxPointsBps)}
          onValue={put("maxPointsBps", (value) => ({ maxPointsBps: value === null ? null : Number(value) }))}
          unit="%"
          max={RATE_MAX}
          placeholder={t("capDefault")}
        />
        {isBase ? (
          <p className="col-span-2 text-sm text-faint lg:pt-8">{t("baseHint")}</p>
        ) : (
          <>
            <NumberField
              label={t("spent")}
              error={t("amountError")}
              value={tier.spentMinor}
              onValue={put("spentMinor", (spentMinor) => ({ spentMinor }))}
              unit={unit}
              placeholder="–"
            />
            <NumberField
              label={t("invited")}
              error={t("countError")}
              value={tier.invited === null ? null : BigInt(tier.invited)}
              onValue={put("invited", (value) => ({ invited: value === null ? null : Number(value) }))}
              whole
              min={1n}
              max={100_000n}
              placeholder="–"
            />
          </>
        )}
      </div>
      {problem("spentMinor") && <p className="text-sm text-danger">{problem("spentMinor")}</p>}
    </div>
  );
}
