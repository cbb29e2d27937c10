/** Things to choose from by name: goods, places, groups. */
/** `isOver`: not to be chosen any more, but named where it is. */
export type Choice = { readonly value: string | number; readonly name: string; readonly isOver?: true };

/** What may be chosen: what is there, and what is chosen already. */
export const offeredOf = (choices: readonly Choice[], chosen: readonly string[]): readonly Choice[] =>
  choices.filter(({ value, isOver }) => !isOver || chosen.includes(String(value)));

/** What some of a list are called; one that is gone is shown as it is. */
export const namesOf = (options: readonly Choice[], values: readonly Choice["value"][]): string =>
  values
    .map((value) => options.find((one) => String(one.value) === String(value))?.name ?? String(value))
    .join(", ");
