/** The three languages in step: the same keys, the same placeholders, every plural form the language has. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";

const FOLDER = "lib/platform/i18n/messages";
const PLURALS: Record<string, string[]> = {
  en: ["one", "other"],
  ru: ["few", "many", "one", "other"],
  uk: ["few", "many", "one", "other"],
};

type Shape = { placeholders: string[]; plurals: string[][] };

/** What an ICU message asks for: names of its arguments and tags, and the forms each plural offers. */
export function shapeOf(message: string): Shape {
  const shape: Shape = { placeholders: [], plurals: [] };
  let at = 0;
  const upTo = (stop: RegExp) => {
    const from = at;
    while (at < message.length && !stop.test(message[at] ?? "")) at++;
    return message.slice(from, at).trim();
  };
  function text(): void {
    for (; at < message.length && message[at] !== "}"; at++) {
      if (message[at] === "'" && /[{}]/.test(message[at + 1] ?? "")) at = message.indexOf("'", at + 1);
      if (message[at] === "<") shape.placeholders.push(/^<\/?\w+/.exec(message.slice(at))?.[0] ?? "<");
      if (message[at] === "{") argument();
      if (at < 0) throw new Error(`Unclosed quote: ${message}`);
    }
  }
  function argument(): void {
    at++;
    const name = upTo(/[,}]/);
    if (message[at] === "}") return void shape.placeholders.push(name);
    at++;
    const kind = upTo(/[,}]/);
    shape.placeholders.push(`${name}, ${kind}`);
    if (!/^(plural|selectordinal|select)$/.test(kind)) return void upTo(/}/);
    at++;
    const forms = branches();
    if (kind === "plural") shape.plurals.push(forms);
  }
  function branches(): string[] {
    const forms: string[] = [];
    for (;;) {
      const form = upTo(/[{}]/);
      if (message[at] !== "{") return forms.filter((each) => !each.startsWith("=")).sort();
      forms.push(form);
      at++;
      text();
      at++;
    }
  }
  text();
  if (at < message.length) throw new Error(`Unbalanced braces: ${message}`);
  return { placeholders: [...new Set(shape.placeholders)].sort(), plurals: shape.plurals };
}

/** Every text under its dotted key. */
function flatten(value: unknown, key = ""): [string, string][] {
  if (typeof value === "string") return [[key, value]];
  return Object.entries(value ?? {}).flatMap(([name, inner]) =>
    flatten(inner, key ? `${key}.${name}` : name),
  );
}

const read = (language: string, file: string) => {
  const where = path.join(FOLDER, language, file);
  return new Map(existsSync(where) ? flatten(JSON.parse(readFileSync(where, "utf8"))) : []);
};

const asked = (texts: Map<string, string>) =>
  Object.fromEntries(Array.from(texts, ([key, text]) => [key, shapeOf(text).placeholders]));

const filesOf = (language: string) =>
  existsSync(path.join(FOLDER, language)) ? readdirSync(path.join(FOLDER, language)).sort() : [];

test("reads ICU messages", () => {
  expect(shapeOf("Hello {name}, п'ять '{x}' <b>{n, number}</b>")).toEqual({
    placeholders: ["</b", "<b", "n, number", "name"],
    plurals: [],
  });
  expect(shapeOf("{n, plural, =0 {none} one {# visit of {who}} other {visits}}")).toEqual({
    placeholders: ["n, plural", "who"],
    plurals: [["one", "other"]],
  });
});

describe.each(["ru", "uk"])("%s", (language) => {
  test("has the same files as en", () => expect(filesOf(language)).toEqual(filesOf("en")));

  test.each(filesOf("en"))("%s has the keys and placeholders of en", (file) => {
    const [here, english] = [read(language, file), read("en", file)];
    expect([...here.keys()].sort()).toEqual([...english.keys()].sort());
    expect(asked(here)).toEqual(asked(english));
  });
});

test.each(Object.keys(PLURALS))("every plural of %s has the forms of the language", (language) => {
  const wrong = filesOf(language).flatMap((file) =>
    Array.from(read(language, file)).filter(([, text]) =>
      shapeOf(text).plurals.some((forms) => forms.join() !== PLURALS[language]?.join()),
    ),
  );
  expect(wrong).toEqual([]);
});
