import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LOCALES, pickLocale } from "./locales";
import { AREAS } from "./messages";

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

type Tree = { [key: string]: string | Tree };

function leaves(tree: Tree, path = ""): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string"
      ? [[`${path}${key}`, value] as [string, string]]
      : leaves(value, `${path}${key}.`),
  );
}

/** Names of the values a text takes: `{name}`, `{count, plural, …}`, `<b>`. */
function values(text: string): string[] {
  const found = [...text.matchAll(/\{(\w+)\s*(?:,|\})|<(\w+)>/g)].map((match) => match[1] ?? match[2] ?? "");
  return [...new Set(found)].sort();
}

function read(locale: string, area: string): Map<string, string> {
  const file = new URL(`./messages/${locale}/${area}.json`, import.meta.url);
  const tree: Tree = JSON.parse(readFileSync(file, "utf8"));
  return new Map(leaves(tree));
}

describe.each(AREAS)("texts of %s", (area) => {
  const english = read("en", area);

  test.each(LOCALES)("%s has the same keys, taking the same values, none empty", (locale) => {
    const texts = read(locale, area);
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    for (const [key, text] of texts) {
      expect(text.trim(), `${locale} ${area}.${key}`).not.toBe("");
      expect(values(text), `${locale} ${area}.${key}`).toEqual(values(english.get(key) ?? ""));
    }
  });

  test.each(["ru", "uk"])("%s has all its plural forms", (locale) => {
    for (const [key, text] of read(locale, area)) {
      for (const [, body] of text.matchAll(/, plural,((?:[^{}]|\{[^{}]*\})*)\}/g)) {
        const forms = [...(body ?? "").matchAll(/(\w+)\s*\{/g)].map((match) => match[1]);
        expect(forms, `${locale} ${area}.${key}`).toEqual(
          expect.arrayContaining(["one", "few", "many", "other"]),
        );
      }
    }
  });
});
