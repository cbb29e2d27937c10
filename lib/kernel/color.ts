/**
 * Colours of a business made readable: from one hex colour, a family for light and for dark screens in which every
 * pair that carries text keeps WCAG AA. Pure; works in OKLCH so that a hue stays itself while its lightness moves.
 */

/** Kolo's own colour, used where no business has chosen one. */
export const KOLO_COLOR = "#0c6b58";

/** The surfaces a colour has to be readable on: the least favourable of each theme (see `app/globals.css`). */
export const SURFACES = { light: ["#ffffff", "#ebeee9"], dark: ["#0e1412", "#242c28"] } as const;

const INK = "#0b100e";
const WHITE = "#ffffff";
const AA_TEXT = 4.5;

/**
 * `fill` with `onFill` text: buttons and the card's face, as near to the given colour as contrast allows.
 * `strong` with `onStrong`: coloured text, links, checks, bars, on any surface. `soft` with `strong` text: tints.
 * `ring`: focus.
 */
export type Accent = {
  fill: string;
  onFill: string;
  strong: string;
  onStrong: string;
  soft: string;
  ring: string;
};

type Rgb = readonly [number, number, number];
type Lch = { l: number; c: number; h: number };

/** True for `#rgb` and `#rrggbb`. */
export function isHexColor(value: string): boolean {
  return /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i.test(value);
}

/**
 * The accent family of a colour for both themes.
 * Shape: `hex` as `#rgb` or `#rrggbb`; anything else gives Kolo's own colour, so a screen never fails over a colour.
 */
export function accentOf(hex: string): { light: Accent; dark: Accent } {
  const given = toLch(parse(isHexColor(hex) ? hex : KOLO_COLOR));
  return { light: family(given, "light"), dark: family(given, "dark") };
}

/** WCAG 2 contrast ratio of two colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(parse(a)), luminance(parse(b))];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
}

function family(given: Lch, theme: "light" | "dark"): Accent {
  const isDark = theme === "dark";
  const softLch = isDark
    ? { l: 0.29, c: Math.min(given.c, 0.05), h: given.h }
    : { l: 0.95, c: Math.min(given.c, 0.035), h: given.h };
  const soft = toHex(softLch);
  const surfaces = [...SURFACES[theme], soft];
  // On dark, a colour at the very edge of contrast looks dull: start from a lively lightness.
  const lively = isDark ? { ...given, l: Math.max(given.l, 0.74) } : given;
  const strong = walk(lively, isDark ? 1 : -1, (hex) => surfaces.every((s) => contrast(hex, s) >= AA_TEXT));
  // A fill must not melt into the page: near-white in light and near-black in dark move towards the middle.
  const kept = { ...given, l: isDark ? Math.max(given.l, 0.42) : Math.min(given.l, 0.9) };
  const onFill = textOn(toHex(kept));
  const fill = walk(kept, onFill === WHITE ? -1 : 1, (hex) => contrast(hex, onFill) >= AA_TEXT);
  return { fill, onFill, strong, onStrong: isDark ? INK : WHITE, soft, ring: strong };
}

/** White where it reads well enough: people expect it on a strong colour, even where black would measure better. */
function textOn(fill: string): string {
  return contrast(fill, WHITE) >= 3.6 ? WHITE : INK;
}

/** Moves lightness in small steps, hue kept, until the colour holds; the end of the scale always does. */
function walk(from: Lch, direction: 1 | -1, holds: (hex: string) => boolean): string {
  for (let l = from.l; l >= 0 && l <= 1; l += direction * 0.005) {
    const hex = toHex({ ...from, l });
    if (holds(hex)) return hex;
  }
  return direction === 1 ? WHITE : "#000000";
}

function parse(hex: string): Rgb {
  const digits = hex.length === 4 ? hex.slice(1).replace(/./g, "$&$&") : hex.slice(1);
  const value = Number.parseInt(digits, 16);
  return [(value >> 16) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

const linear = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encoded = (v: number): number => (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055);

function luminance([r, g, b]: Rgb): number {
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** Björn Ottosson's OKLab, in polar form. Source: https://bottosson.github.io/posts/oklab/ */
function toLch(rgb: Rgb): Lch {
  const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const A = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
  const B = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(A, B),
    h: Math.atan2(B, A),
  };
}

function toLinear({ l, c, h }: Lch): Rgb {
  const [A, B] = [c * Math.cos(h), c * Math.sin(h)];
  const L = (l + 0.3963377774 * A + 0.2158037573 * B) ** 3;
  const M = (l - 0.1055613458 * A - 0.0638541728 * B) ** 3;
  const S = (l - 0.0894841775 * A - 1.291485548 * B) ** 3;
  return [
    4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S,
    -1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S,
    -0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S,
  ];
}

/** To sRGB, taking only as much chroma as a screen can show at that lightness. */
function toHex(lch: Lch): string {
  let [low, high] = [0, 1];
  const shows = (share: number) =>
    toLinear({ ...lch, c: lch.c * share }).every((v) => v >= -0.0005 && v <= 1.0005);
  if (!shows(1)) {
    for (let i = 0; i < 12; i++) {
      const middle = (low + high) / 2;
      if (shows(middle)) low = middle;
      else high = middle;
    }
  } else low = 1;
  const channels = toLinear({ ...lch, c: lch.c * low }).map((v) =>
    Math.round(encoded(Math.min(1, Math.max(0, v))) * 255),
  );
  return `#${channels.map((v) => v.toString(16).padStart(2, "0")).join("")}`;
}
