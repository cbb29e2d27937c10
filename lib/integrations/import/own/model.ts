/** The business's own fields in a file: which columns hold them, and what a cell says. */
import { type CustomField, type CustomValue, customValue } from "../../../members/model";
import { type DayOrder, isFormula, readDay } from "../model";

/** A column of a file that fills a field. */
export type OwnColumn = { readonly field: CustomField; readonly at: number };

/** How a cell of one is read. */
export type OwnReading = {
  readonly dayOrder: DayOrder;
  /** Hundredths of an amount as people write it. */
  readonly readAmount: (text: string) => bigint | null;
};

const YES = /^(1|\+|x|✓|y|yes|true|да|д|так|т|истина|істина)$/i;
const NO = /^(0|-|–|—|n|no|false|нет|н|ні|ложь|хибність)$/i;

/** What a cell says for a field; or the code of what is wrong with it. */
export function readOwn(
  { kind, options }: CustomField,
  text: string,
  { dayOrder, readAmount }: OwnReading,
): { readonly value: CustomValue } | { readonly code: string } {
  if (kind === "flag") return YES.test(text) || NO.test(text) ? { value: YES.test(text) } : { code: "flag" };
  if (isFormula(text)) return { code: "formula" };
  const read = {
    text: () => text,
    number: () => {
      const hundredths = readAmount(text);
      return hundredths === null ? null : Number(hundredths) / 100;
    },
    day: () => readDay(text.split(/[ T]/)[0] ?? "", dayOrder),
    choice: () => options.find((one) => plain(one) === plain(text)),
  }[kind]();
  const value = customValue({ kind, options }, read);
  return value === undefined ? { code: kind === "text" ? "too_long" : kind } : { value };
}

const plain = (text: string) => text.trim().toLowerCase();

/** The fields whose names stand as titles over columns nothing else was found for, by number. As an export writes them, too. */
export function guessOwn(
  fields: readonly CustomField[],
  header: readonly string[],
  taken: readonly number[],
): Record<string, number> {
  const free = header.map((title, at) => (taken.includes(at) ? "" : plain(title)));
  const found = fields.flatMap(({ id, name, archivedAt }) => {
    const at = free.findIndex((title) => title === plain(name) || title === `${plain(name)} *`);
    return archivedAt !== null || at < 0 ? [] : [[id.toString(), at] as const];
  });
  return Object.fromEntries(found);
}
