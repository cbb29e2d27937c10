import { readFileSync } from "node:fs";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Accent, accentOf, contrast, isHexColor, KOLO_COLOR, SURFACES } from "./color";

const anyColor = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, "0")}`);
const themes = ["light", "dark"] as const;

function weakest(accent: Accent, theme: "light" | "dark"): number {
  const onSurfaces = [...SURFACES[theme], accent.soft].map((surface) => contrast(accent.strong, surface));
  return Math.min(
    contrast(accent.fill, accent.onFill),
    contrast(accent.strong, accent.onStrong),
    ...onSurfaces,
  );
}

describe("accent", () => {
  test("every colour there is keeps AA on every surface, in both themes", () => {
    fc.assert(
      fc.property(anyColor, (hex) => {
        const accents = accentOf(hex);
        for (const theme of themes) expect(weakest(accents[theme], theme)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  test.each(["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff0000", "#808080", "#767676"])(
    "%s, an extreme, keeps AA too",
    (hex) => {
      for (const theme of themes) expect(weakest(accentOf(hex)[theme], theme)).toBeGreaterThanOrEqual(4.5);
    },
  );

  test("a colour that already reads well is left alone", () => {
    expect(accentOf("#0c6b58").light.fill).toBe("#0c6b58");
    expect(accentOf("#1d4ed8").light.fill).toBe("#1d4ed8");
  });

  test("yellow stays yellow, with dark text on it", () => {
    expect(accentOf("#ffd400").light).toMatchObject({ fill: "#ffd400", onFill: "#0b100e" });
  });

  test("what is not a colour gives Kolo's own, never an error", () => {
    for (const wrong of ["", "red", "#12", "#1234567", "url(x)"])
      expect(accentOf(wrong)).toEqual(accentOf(KOLO_COLOR));
  });

  test("short and long spellings are one colour", () => {
    expect(accentOf("#0Cf")).toEqual(accentOf("#00ccff"));
    expect(isHexColor("#0Cf")).toBe(true);
  });
});

test("contrast is the WCAG ratio", () => {
  expect(contrast("#000000", "#ffffff")).toBe(21);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

test("the stylesheet starts from the same family and the same surfaces", () => {
  const css = readFileSync("app/globals.css", "utf8");
  const { light, dark } = accentOf(KOLO_COLOR);
  for (const [name, value] of Object.entries(light))
    expect(css).toContain(`--light-${kebab(name)}: ${value};`);
  for (const [name, value] of Object.entries(dark)) expect(css).toContain(`--dark-${kebab(name)}: ${value};`);
  for (const surface of [...SURFACES.light, ...SURFACES.dark]) expect(css).toContain(surface);
});

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
