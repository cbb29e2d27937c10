/** Custom fields: what a business wants to know of its members beside what everybody wants to know. */
export const CUSTOM_KINDS = ["text", "number", "day", "flag", "choice"] as const;
export type CustomKind = (typeof CUSTOM_KINDS)[number];

export type CustomField = {
  readonly id: bigint;
  readonly name: string;
  readonly kind: CustomKind;
  /** Of a choice: what can be chosen, in this order. */
  readonly options: readonly string[];
  readonly archivedAt: Date | null;
};

/** A day is "YYYY-MM-DD". */
export type CustomValue = string | number | boolean;
/** By the field's number; a field that is not there is not known. */
export type CustomValues = ReadonlyMap<bigint, CustomValue>;

/**
 * The name a field goes by where it is kept and where rules ask about it: `number_77`. The kind is part of it, so that nobody reads a
 * text as a number, whatever is asked.
 */
export const customKey = ({ id, kind }: Pick<CustomField, "id" | "kind">): string => `${kind}_${id}`;

/** The field's number in such a name. */
export const customIdOf = (key: string): bigint => BigInt(key.slice(key.indexOf("_") + 1));

export const CUSTOM_FIELDS_MAX = 50;
export const CUSTOM_TEXT_MAX = 500;
export const CUSTOM_OPTIONS_MAX = 100;
/** Numbers are kept with two decimals at most. */
export const CUSTOM_NUMBER_MAX = 1_000_000_000_000;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** The value as a field keeps it, or nothing when it is none of its kind. */
export function customValue(
  field: Pick<CustomField, "kind" | "options">,
  value: unknown,
): CustomValue | undefined {
  switch (field.kind) {
    case "text": {
      const text = typeof value === "string" ? value.trim() : "";
      return text !== "" && text.length <= CUSTOM_TEXT_MAX ? text : undefined;
    }
    case "number": {
      if (typeof value !== "number" || !(Math.abs(value) <= CUSTOM_NUMBER_MAX)) return undefined;
      const kept = Math.round(value * 100) / 100;
      return Math.abs(kept - value) < 1e-9 * Math.max(1, Math.abs(value)) ? kept : undefined;
    }
    case "day":
      return typeof value === "string" && isDay(value) ? value : undefined;
    case "flag":
      return typeof value === "boolean" ? value : undefined;
    case "choice":
      return typeof value === "string" && field.options.includes(value) ? value : undefined;
  }
}

/** A day of the calendar between 1900 and 2200: the thirtieth of February is none. */
function isDay(text: string): boolean {
  if (!DAY.test(text) || text < "1900" || text >= "2200") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text;
}
