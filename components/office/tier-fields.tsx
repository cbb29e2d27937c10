"use client";
import { Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { Tier } from "@/lib/tiers/model";
import type { Draft } from "./programme-draft";
import { TierRow } from "./tier-row";
import type { Failure } from "./use-act";

const TIERS_MAX = 20;

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
  const more = useTranslations("tiers.tier");
  const { base, tiers } = draft.settings;
  const change = (id: string, part: Partial<Tier>) =>
    draft.set(
      "tiers",
      tiers.map((tier) => (tier.id === id ? { ...tier, ...part } : tier)),
    );
  const remove = (id: string) => {
    draft.forget(`${id}.`);
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
    const name = t("newName", { number: tiers.length + 1 });
    const plain = { maxPointsBps: null, visits: null, invited: null, experience: null };
    draft.set("tiers", [
      ...tiers,
      { id, name, rateBps, spentMinor, ...plain, keep: null, gift: null, perks: [] },
    ]);
  };
  const problem = (path: string) => problemText(failure?.fields?.[`settings.${path}`]?.[0], t, more);
  const problemsOf = (at: string) => {
    const found = Object.keys(failure?.fields ?? {}).filter((path) => path.startsWith(`settings.${at}.`));
    const said = found.filter((path) => !path.endsWith(".name")).map((path) => problem(path.slice(9)));
    return [...new Set(said.filter((text) => text !== undefined))];
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{more("text")}</CardDescription>
        </div>
      </CardHeader>
      <ol className="divide-y divide-line">
        <li className="p-5 sm:px-6">
          <TierRow
            tier={base}
            draft={draft}
            unit={unit}
            onChange={(part) => draft.set("base", { ...base, ...part })}
            nameProblem={problem("base.name")}
            problems={problemsOf("base")}
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
              nameProblem={problem(`tiers.${index}.name`)}
              problems={problemsOf(`tiers.${index}`)}
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

type Texts = ReturnType<typeof useTranslations<"office.programme.tiers">>;
type MoreTexts = ReturnType<typeof useTranslations<"tiers.tier">>;

function problemText(code: string | undefined, t: Texts, more: MoreTexts): string | undefined {
  switch (code) {
    case undefined:
      return undefined;
    case "tier_unreachable":
    case "keep_over_enter":
    case "keep_without_enter":
    case "perk_without_text":
    case "tier_without_threshold":
      return more(`problem.${code}`);
    case "tier_name_repeated":
    case "required":
      return t(`problem.${code}`);
    default:
      return t("problem.other");
  }
}
