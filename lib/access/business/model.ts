const CYRILLIC: Readonly<Record<string, string>> = Object.fromEntries(
  "а-a б-b в-v г-g ґ-g д-d е-e ё-e є-ie ж-zh з-z и-i і-i ї-i й-i к-k л-l м-m н-n о-o п-p р-r с-s т-t у-u ф-f х-kh ц-ts ч-ch ш-sh щ-shch ъ- ы-y ь- э-e ю-iu я-ia"
    .split(" ")
    .map((pair) => pair.split("-")),
);

/** Addresses a business must not take: pages of the card's own. */
export const RESERVED_SLUGS: readonly string[] = ["sign-in", "voucher"];

/** A business's name as it goes into addresses: latin, lower case, words joined by dashes. */
export function slugOf(name: string): string {
  const latin = name
    .toLowerCase()
    .replace(/[а-яёєіїґ]/g, (letter) => CYRILLIC[letter] ?? "")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’]/g, "");
  const slug = latin
    .replace(/[^a-z\d]+/g, "-")
    .slice(0, 48)
    .replace(/^-+|-+$/g, "");
  // The card lives at /card/{slug}, beside pages of its own.
  if (slug === "") return "business";
  return RESERVED_SLUGS.includes(slug) ? `${slug}-business` : slug;
}
