"use client";
import { useTranslations } from "next-intl";
import { NumberField } from "@/components/office/number-field";
import { Switch } from "@/components/ui/choice";
import type { ReferralTerms } from "@/lib/program/schema";

type Levels = ReferralTerms["levels"];
const NAMES = ["level1", "level2", "level3"] as const;

/** Three steps from a friend upward: each on or off, with its share. */
export function LevelFields({
  levels,
  onLevels,
  mark,
}: {
  levels: Levels;
  onLevels: (levels: Levels) => void;
  mark: (index: number, isFine: boolean) => void;
}) {
  const t = useTranslations("referrals.settings");
  const change = (index: number, part: Partial<Levels[0]>) => {
    const [first, second, third] = levels;
    const all: Levels = [{ ...first }, { ...second }, { ...third }];
    Object.assign(all[index] ?? {}, part);
    onLevels(all);
  };
  return (
    <ul className="grid divide-y divide-line">
      {NAMES.map((name, index) => {
        const level = levels[index] ?? levels[0];
        return (
          <li
            key={name}
            className="grid items-start gap-3 py-4 first:pt-0 last:pb-0 sm:grid-cols-[1fr_11rem] sm:gap-6"
          >
            <Switch
              label={t(name)}
              hint={t(`${name}Hint`)}
              checked={level.on}
              onChange={(event) => {
                mark(index, true);
                change(index, { on: event.target.checked });
              }}
            />
            {level.on && (
              <NumberField
                label={t("rate", { level: t(name) })}
                error={t("percentError")}
                value={BigInt(level.rateBps)}
                unit="%"
                isRequired
                max={10_000n}
                onValue={(value) => {
                  mark(index, typeof value === "bigint");
                  if (typeof value === "bigint") change(index, { rateBps: Number(value) });
                }}
              />
            )}
          </li>
        );
      })}
    </ul>
  );
}
