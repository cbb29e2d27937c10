/** What is wrong, or may look wrong, with a template; browser-safe, so the editor says it while one types. */
import { type Channel, type Content, LANGUAGES, type Language, type Wording } from "../../model";
import { argumentsOf } from "../arguments/model";
import { isKnown, render, SAMPLES, SPOKEN, type Spoken, VARIABLES } from "../model";

export const PROBLEMS = [
  "required",
  "syntax",
  "unknown_variable",
  "missing_fallback",
  "missing_offer",
  "unused_offer",
  "title_long",
  "text_long",
  "subject_long",
  "sms_long",
  "link_broken",
  "link_plain",
  "button_without_link",
  "link_without_button",
  "language_missing",
] as const;
export type Problem = {
  readonly code: (typeof PROBLEMS)[number];
  /** An error keeps the template from being saved; a warning does not. */
  readonly level: "error" | "warning";
  readonly locale: string;
  readonly field: Spoken | null;
  /** A variable, a count. */
  readonly detail: string;
};

/** What a lock screen shows of a push before it cuts. */
const TITLE_MAX = 48;
const TEXT_MAX = 150;
const SUBJECT_MAX = 60;
const SMS_PARTS_MAX = 2;
/** The pages a card has. */
const CARD_PATH = /^\/card(\/(history|invite|profile|messages|rewards))?(\?[\w=&-]*)?$/;

/** All that is wrong with a content, by language and field. */
export function lint(content: Content, channels: readonly Channel[] = []): Problem[] {
  const problems: Problem[] = [];
  const offers = new Set((content.offers ?? []).map(({ kind }) => kind));
  const used = new Set<string>();
  for (const locale of LANGUAGES) {
    const wording = content.locales[locale];
    const add = (code: Problem["code"], level: Problem["level"], field: Spoken | null = null, detail = "") =>
      problems.push({ code, level, locale, field, detail });
    if (!wording) {
      add("language_missing", "warning");
      continue;
    }
    lintVariables(wording, offers, used, add);
    lintLengths(wording, locale, channels, add);
    lintLink(wording, add);
  }
  for (const kind of offers)
    if (!used.has(kind))
      problems.push({ code: "unused_offer", level: "warning", locale: "", field: null, detail: kind });
  if (Object.keys(content.locales).length === 0)
    problems.push({ code: "required", level: "error", locale: "", field: "title", detail: "" });
  return problems;
}

type Add = (code: Problem["code"], level: Problem["level"], field?: Spoken | null, detail?: string) => void;

function lintVariables(wording: Wording, offers: ReadonlySet<string>, used: Set<string>, add: Add): void {
  for (const field of SPOKEN) {
    const names = argumentsOf(wording[field] ?? "");
    if (!names) {
      add("syntax", "error", field);
      continue;
    }
    const asked = new Set(names.map(({ name }) => name));
    for (const { name, type } of names) {
      const known = VARIABLES[name];
      const isAsked = asked.has(`has${name.charAt(0).toUpperCase()}${name.slice(1)}`);
      if (!isKnown(name)) add("unknown_variable", "error", field, name);
      if (known?.mayBeEmpty && type === null && !isAsked && !wording.fallbacks?.[name])
        add("missing_fallback", "warning", field, name);
      if (known?.from) {
        used.add(known.from);
        if (!offers.has(known.from)) add("missing_offer", "error", field, name);
      }
    }
  }
}

function lintLengths(wording: Wording, locale: Language, channels: readonly Channel[], add: Add): void {
  if (wording.title.trim() === "") add("required", "error", "title");
  if (wording.text.trim() === "") add("required", "error", "text");
  const rendering = render(wording, locale, SAMPLES);
  if (!rendering.ok) {
    add("syntax", "error", rendering.field);
    return;
  }
  const { title, text, subject, sms } = rendering.said;
  if (title.length > TITLE_MAX) add("title_long", "warning", "title", String(title.length));
  if (text.length > TEXT_MAX) add("text_long", "warning", "text", String(text.length));
  if ((subject ?? title).length > SUBJECT_MAX)
    add("subject_long", "warning", "subject", String((subject ?? title).length));
  const parts = smsParts(sms ?? text);
  if (parts > SMS_PARTS_MAX && (sms !== undefined || channels.includes("sms")))
    add("sms_long", "warning", "sms", String(parts));
}

function lintLink({ url = "", button = "" }: Wording, add: Add): void {
  if (url === "") {
    if (button !== "") add("button_without_link", "error", "url");
    return;
  }
  if (button === "") add("link_without_button", "warning", "button");
  if (url.startsWith("/")) {
    if (!CARD_PATH.test(url)) add("link_broken", "error", "url");
  } else if (!/^https?:\/\//.test(url) || !URL.canParse(url.replaceAll(/[{}]/g, "")))
    add("link_broken", "error", "url");
  else if (url.startsWith("http://")) add("link_plain", "warning", "url");
}

const GSM = /^[\n\r !-Z_a-zÄÖÑÜ§äöñüàÆæßÉ¡¿ÅåÇØøèéùìò£¥$@ΔΦΓΛΩΠΨΣΘΞ¤]*$/;

/** How many SMS a text takes: Cyrillic fits 70 characters in one, Latin 160. */
export function smsParts(text: string): number {
  const [one, more] = GSM.test(text) ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / more);
}
