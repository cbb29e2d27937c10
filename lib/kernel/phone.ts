/** Country codes people leave out when they type a number at home, by the business's language. */
const HOME: Readonly<Record<string, { code: string; trunk: string; national: number }>> = {
  ru: { code: "7", trunk: "8", national: 10 },
  uk: { code: "380", trunk: "0", national: 9 },
};

/**
 * A phone number as people and tills write it, in E.164, or nothing.
 *
 * Shape: "+" and 8 to 15 digits. A number without "+" is read as international, or as a home number of the `locale`'s
 * country ("8 912 …" in ru, "067 …" in uk). A space where a "+" was lost in a URL counts as the "+".
 */
export function normalizePhone(input: string, locale = "en"): string | undefined {
  const raw = input.replace(/^%2b/i, "+");
  const international = raw.startsWith("+") || (raw.startsWith(" ") && /^ \d/.test(raw));
  if (!/^[+\d\s().\-/]+$/.test(raw)) return undefined;
  const digits = raw.replace(/\D/g, "");
  const home = HOME[locale];
  const full =
    !international &&
    home &&
    digits.length === home.national + home.trunk.length &&
    digits.startsWith(home.trunk)
      ? home.code + digits.slice(home.trunk.length)
      : !international && home && digits.length === home.national
        ? home.code + digits
        : digits;
  return /^[1-9]\d{7,14}$/.test(full) ? `+${full}` : undefined;
}
