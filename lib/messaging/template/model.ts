/** What a message says: variables, rendering in three languages, and what is wrong with a draft. Browser-safe. */
import { IntlMessageFormat } from "intl-messageformat";
import type { Language, Variables, Wording } from "../model";
import { argumentsOf } from "./arguments/model";

/** Fields of a wording that hold ICU messages. */
export const SPOKEN = ["title", "text", "button", "url", "subject", "mail", "sms"] as const;
export type Spoken = (typeof SPOKEN)[number];

/** What is known of every member at sending. `mayBeEmpty`: wants a fallback. `from`: filled by an offer of that kind. */
export const VARIABLES: Readonly<
  Record<string, { mayBeEmpty?: true; from?: string; sample: string | number }>
> = {
  name: { mayBeEmpty: true, sample: "Anna" },
  gender: { sample: "female" },
  business: { sample: "Kolo" },
  points: { sample: 1250 },
  tier: { sample: "Silver" },
  visits: { sample: 4 },
  daysSinceVisit: { mayBeEmpty: true, sample: 34 },
  burningPoints: { sample: 200 },
  burningOn: { mayBeEmpty: true, sample: "31.12.2026" },
  offerPoints: { from: "points", sample: 100 },
  promoCode: { from: "promo_code", sample: "ANNA-7K2P" },
  reward: { from: "reward", sample: "Coffee" },
  offerUntil: { mayBeEmpty: true, sample: "31.12.2026" },
  item: { mayBeEmpty: true, sample: "Haircut" },
  itemCategory: { mayBeEmpty: true, sample: "Hair" },
  missing: { mayBeEmpty: true, sample: "300 ₴" },
  friend: { mayBeEmpty: true, sample: "Oleh" },
};

/** `hasName` says "yes" or "no" of `name`, for conditions. */
const asked = (name: string): string | undefined => {
  const about = /^has([A-Z]\w*)$/.exec(name)?.[1];
  return about && about.charAt(0).toLowerCase() + about.slice(1);
};

export const isKnown = (name: string): boolean => (asked(name) ?? name) in VARIABLES;

export type Said = Readonly<Partial<Record<Spoken, string | undefined>>> & {
  readonly title: string;
  readonly text: string;
};

export type Rendering =
  | { readonly ok: true; readonly said: Said }
  | { readonly ok: false; readonly field: Spoken };

type Speak = (values: Record<string, string | number>) => string | undefined;

const speakers = new Map<string, Speak>();
const SPEAKERS_MAX = 2_000;

/**
 * One compiled message, kept: a campaign says the same sentence a million times.
 *
 * Shape: straight through the ICU formatter, because the pages' own translator only knows texts compiled with the program, and says
 * those of an owner as they are written.
 */
function speakerOf(locale: Language, text: string): Speak {
  const key = `${locale} ${text}`;
  let speak = speakers.get(key);
  if (!speak) {
    speak = compile(locale, text);
    if (speakers.size >= SPEAKERS_MAX) speakers.clear();
    speakers.set(key, speak);
  }
  return speak;
}

function compile(locale: Language, text: string): Speak {
  try {
    // People write "<3"; markup has no place here.
    const message = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
    return (values) => {
      try {
        return String(message.format(values));
      } catch {
        return undefined;
      }
    };
  } catch {
    return () => undefined;
  }
}

/** Says one wording for one member; the first field that cannot be said ends it. */
export function render(wording: Wording, locale: Language, variables: Variables): Rendering {
  const said: Partial<Record<Spoken, string>> = {};
  for (const field of SPOKEN) {
    const text = wording[field];
    if (text === undefined || text === "") continue;
    const names = argumentsOf(text);
    if (!names) return { ok: false, field };
    const spoken =
      names.length === 0 && !text.includes("'")
        ? text
        : speakerOf(
            locale,
            text,
          )(
            valuesFor(
              names.map(({ name }) => name),
              wording,
              variables,
            ),
          );
    if (spoken === undefined) return { ok: false, field };
    said[field] = spoken.trim();
  }
  const { title = "", text = "" } = said;
  return { ok: true, said: { ...said, title, text } };
}

function valuesFor(names: readonly string[], wording: Wording, variables: Variables) {
  const values: Record<string, string | number> = {};
  for (const name of names) {
    const about = asked(name);
    if (about !== undefined) values[name] = isEmpty(variables[about]) ? "no" : "yes";
    else {
      const value = variables[name];
      values[name] = isEmpty(value) ? (wording.fallbacks?.[name] ?? "") : plain(value);
    }
  }
  return values;
}

/** Whether a wording names a gift that there is none of, with nothing to say in its place. */
export function isBrokenPromise(wording: Wording, variables: Variables): boolean {
  return SPOKEN.some((field) =>
    argumentsOf(wording[field] ?? "")?.some(
      ({ name }) =>
        VARIABLES[name]?.from !== undefined && isEmpty(variables[name]) && !wording.fallbacks?.[name],
    ),
  );
}

const isEmpty = (value: Variables[string] | undefined): value is undefined =>
  value === undefined || value === "";
const plain = (value: Variables[string]): string | number =>
  typeof value === "boolean" ? String(value) : value;

/** Values to show a draft with. */
export const SAMPLES: Variables = Object.fromEntries(
  Object.entries(VARIABLES).map(([name, { sample }]) => [name, sample]),
);
