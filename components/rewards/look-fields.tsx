"use client";
import { useTranslations } from "next-intl";
import { REWARD_COLORS, REWARD_ICONS, type RewardColor, type RewardIcon } from "@/lib/program/model";
import { cx } from "../ui/cx";
import { COLOR_CLASS, RewardGlyph } from "./reward-icon";

/** The icon and the colour of a reward or a row of stamps. */
export function LookFields({
  icon,
  color,
  onIcon,
  onColor,
}: {
  icon: RewardIcon;
  color: RewardColor;
  onIcon: (icon: RewardIcon) => void;
  onColor: (color: RewardColor) => void;
}) {
  const t = useTranslations("rewards.look");
  return (
    <div className="grid gap-3">
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("icon")}</legend>
        <div className="flex flex-wrap gap-1.5">
          {REWARD_ICONS.map((each) => (
            <Swatch
              key={each}
              name="icon"
              label={t(`icons.${each}`)}
              isOn={each === icon}
              onPick={() => onIcon(each)}
            >
              <span className={cx("grid size-9 place-items-center rounded-md", COLOR_CLASS[color])}>
                <RewardGlyph icon={each} className="size-4.5" />
              </span>
            </Swatch>
          ))}
        </div>
      </fieldset>
      <fieldset>
        <legend className="mb-1.5 text-sm font-medium">{t("color")}</legend>
        <div className="flex flex-wrap gap-1.5">
          {REWARD_COLORS.map((each) => (
            <Swatch
              key={each}
              name="color"
              label={t(`colors.${each}`)}
              isOn={each === color}
              onPick={() => onColor(each)}
            >
              <span className={cx("grid size-9 place-items-center rounded-md", COLOR_CLASS[each])}>
                <span className="size-4 rounded-full bg-current" />
              </span>
            </Swatch>
          ))}
        </div>
      </fieldset>
    </div>
  );
}

function Swatch({
  name,
  label,
  isOn,
  onPick,
  children,
}: {
  name: string;
  label: string;
  isOn: boolean;
  onPick: () => void;
  children: React.ReactNode;
}) {
  return (
    <label
      title={label}
      className={cx(
        "cursor-pointer rounded-lg border-2 p-0.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-ring",
        isOn ? "border-brand" : "border-transparent hover:border-line-strong",
      )}
    >
      <input type="radio" name={name} checked={isOn} onChange={onPick} className="sr-only" />
      <span className="sr-only">{label}</span>
      <span aria-hidden="true">{children}</span>
    </label>
  );
}
