/** Things to choose from by name: goods, places, groups. */
import type { Choice } from "@/lib/segments";

export type { Choice };

/** What may be chosen: what is there, and what is chosen already. */
export const offeredOf = (choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] =>
  choices.filter(({ value, isOver }) => !isOver || chosen.includes(String(value)));

/** What one of a list is called; one that is gone is shown as it is. */
export const nameOf = (choices: readonly Choice[], value: Choice["value"] | bigint): string =>
  choices.find((one) => String(one.value) === String(value))?.name ?? String(value);

/** What some of a list are called. */
export const namesOf = (choices: readonly Choice[], values: readonly (Choice["value"] | bigint)[]): string =>
  values.map((value) => nameOf(choices, value)).join(", ");
