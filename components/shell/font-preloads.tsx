/** Asks for the type before the stylesheet is read. Digits are Latin in every language, Cyrillic only where it is read. */
export function FontPreloads({ locale }: { locale: string }) {
  const subsets = locale === "en" ? ["latin"] : ["latin", "cyrillic"];
  return subsets.map((subset) => (
    <link
      key={subset}
      rel="preload"
      href={`/fonts/onest-5/${subset}.woff2`}
      as="font"
      type="font/woff2"
      crossOrigin="anonymous"
    />
  ));
}
