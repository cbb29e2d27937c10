"use client";
import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { cx } from "../ui/cx";
import { THEME_COOKIE, THEMES, type Theme } from "./theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;
const YEAR_SECONDS = 31_536_000;

/** Light, dark, or as the device has it: changes at once, and the cookie makes the server agree from then on. */
export function ThemeSwitch({
  legend,
  labels,
  theme,
  className,
}: {
  legend: string;
  labels: Record<Theme, string>;
  theme: Theme;
  className?: string;
}) {
  const [chosen, setChosen] = useState(theme);
  const choose = (next: Theme) => {
    setChosen(next);
    document.cookie = `${THEME_COOKIE}=${next}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
    if (next === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = next;
  };
  return (
    <div role="group" aria-label={legend} className={cx("inline-flex rounded-lg bg-sunken p-1", className)}>
      {THEMES.map((option) => {
        const Icon = ICONS[option];
        return (
          <button
            key={option}
            type="button"
            aria-pressed={chosen === option}
            aria-label={labels[option]}
            title={labels[option]}
            onClick={() => choose(option)}
            className={cx(
              "grid min-h-8 min-w-10 flex-1 place-items-center rounded-md",
              chosen === option ? "bg-picked text-ink shadow-card" : "text-muted hover:text-ink",
            )}
          >
            <Icon aria-hidden="true" className="size-4" />
          </button>
        );
      })}
    </div>
  );
}
