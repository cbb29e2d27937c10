/** The person's choice of light or dark; the cookie is written by the switch and read by the root layout. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
export const THEME_COOKIE = "kolo.theme";

/** A cookie's value as a theme; anything unknown follows the system. */
export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? "system";
}
