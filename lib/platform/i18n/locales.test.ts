import { describe, expect, test } from "vitest";
import { pickLocale } from "./locales";

describe("the language for a visitor", () => {
  test.each([
    [undefined, "uk-UA,uk;q=0.9,en;q=0.8", "uk"],
    [undefined, "de-DE,de;q=0.9,ru;q=0.5,en;q=0.3", "ru"],
    [undefined, "en;q=0.3,ru;q=0.9", "ru"],
    [undefined, "de", "en"],
    [undefined, "uk;q=0,de", "en"],
    [undefined, null, "en"],
    [undefined, ";;;,,q=", "en"],
    ["ru", "uk", "ru"],
    ["xx", "uk", "uk"],
  ])("chosen %s, browser asks %s: %s", (chosen, accepted, locale) =>
    expect(pickLocale(chosen, accepted)).toBe(locale),
  );
});
