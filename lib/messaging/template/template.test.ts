/** Templates: what is said in three languages, and what the editor complains of. */
import { describe, expect, test } from "vitest";
import type { Content, Language, Wording } from "../model";
import { argumentsOf } from "./arguments/model";
import { lint, smsParts } from "./lint/model";
import { render, SAMPLES } from "./model";

const say = (text: string, locale: Language, values: object, fallbacks = {}) => {
  const answer = render({ title: "t", text, fallbacks }, locale, { ...values });
  return answer.ok ? answer.said.text : `broken ${answer.field}`;
};

describe("saying", () => {
  const points = "{points, plural, one {# бал} few {# бали} many {# балів} other {# бала}}";
  test.each([
    [1, "1 бал"],
    [3, "3 бали"],
    [5, "5 балів"],
  ])("plurals in Ukrainian: %d", (count, said) => expect(say(points, "uk", { points: count })).toBe(said));
  test("gender and conditions", () => {
    const text =
      "{gender, select, female {Ты заходила} male {Ты заходил} other {Вы заходили}}{hasTier, select, yes {, {tier}} other {}}";
    expect(say(text, "ru", { gender: "female", tier: "Gold" })).toBe("Ты заходила, Gold");
    expect(say(text, "ru", { gender: "" })).toBe("Вы заходили");
  });
  test("fallbacks stand in for what is empty", () => {
    expect(say("Hi {name}!", "en", { name: "" }, { name: "friend" })).toBe("Hi friend!");
    expect(say("Hi {name}!", "en", { name: "Bo" }, { name: "friend" })).toBe("Hi Bo!");
  });
  test("apostrophes and angle brackets are what people mean by them", () =>
    expect(say("П'ять <3 {name}", "uk", { name: "Ян" })).toBe("П'ять <3 Ян"));
  test("what cannot be said names its field", () =>
    expect(say("{points, plural, one {x}}", "en", {})).toBe("broken text"));
});

test("arguments are found inside branches, not inside quotes", () => {
  expect(argumentsOf("{a} '{b}' {c, select, x {{d}} other {}} {n, number}")?.map(({ name }) => name)).toEqual(
    ["a", "c", "d", "n"],
  );
  for (const broken of ["{", "{a", "}", "{a b}", "{c, select, x {y}}", "{c, select, other {y}"])
    expect(argumentsOf(broken), broken).toBeUndefined();
});

describe("lint", () => {
  const fine: Wording = {
    title: "Hi {name}",
    text: "You have {points}",
    button: "Open",
    url: "/card",
    fallbacks: { name: "there" },
  };
  const content = (change: Partial<Wording>, more: Partial<Content> = {}): Content => ({
    locales: { en: { ...fine, ...change }, ru: fine, uk: fine },
    ...more,
  });
  const codes = (draft: Content) => lint(draft).map(({ code, detail }) => `${code} ${detail}`.trim());
  test("nothing wrong", () => expect(lint(content({}))).toEqual([]));
  test.each<[string, Partial<Wording>]>([
    ["unknown_variable nam", { text: "{nam}" }],
    ["missing_fallback name", { fallbacks: {} }],
    ["missing_offer promoCode", { text: "{promoCode}" }],
    ["title_long 60", { title: "x".repeat(60) }],
    ["link_broken", { url: "/cards" }],
    ["link_broken", { url: "javascript:alert(1)" }],
    ["link_plain", { url: "http://example.com" }],
    ["button_without_link", { url: "" }],
    ["required", { text: " " }],
    ["syntax", { text: "{points, plural" }],
  ])("%s", (code, change) => expect(codes(content(change))).toContain(code));
  test("a language that is missing and an offer nobody mentions", () => {
    expect(codes({ locales: { en: fine } })).toEqual(["language_missing", "language_missing"]);
    expect(codes(content({}, { offers: [{ kind: "points", with: {} }] }))).toEqual(["unused_offer points"]);
  });
  test("every variable has a sample", () => expect(Object.values(SAMPLES).every(Boolean)).toBe(true));
});

test("an SMS holds 160 Latin or 70 Cyrillic characters", () => {
  expect([
    smsParts("x".repeat(160)),
    smsParts("x".repeat(161)),
    smsParts("я".repeat(70)),
    smsParts("я".repeat(71)),
  ]).toEqual([1, 2, 1, 2]);
});
