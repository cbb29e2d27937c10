/** Texts of the refusals a form may meet, by code; `internal` stands for every other. */
export type RefusedTexts = Readonly<Record<string, string>> & { readonly internal: string };

/** The sentence for a refusal. Browser-safe. */
export const refusedText = (texts: RefusedTexts, code: string): string => texts[code] ?? texts.internal;
