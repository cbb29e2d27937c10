import { useTranslations } from "next-intl";

const REQUEST = `POST /partner/v2/operations/calc
Authorization: Basic <company id>:<key>

{
  "code": "482913",
  "receipt": { "total": 850, "points": 120 }
}`;

const RESPONSE = `{
  "user": { "displayName": "Olena K.", … },
  "purchase": {
    "total": 850, "points": 120, "cash": 730,
    "maxPoints": 255, "cashBack": 36.5, …
  }
}`;

/** A call and its answer, as a till sees them. */
export function CodeSample() {
  const t = useTranslations("site.developers");
  return (
    <figure className="min-w-0 overflow-hidden rounded-xl bg-[#0e1412] text-[#dfe8e3] shadow-lift ring-1 ring-white/8">
      <figcaption className="sr-only">{t("sample")}</figcaption>
      <Block name={t("request")} code={REQUEST} />
      <Block name={t("response")} code={RESPONSE} />
    </figure>
  );
}

function Block({ name, code }: { name: string; code: string }) {
  return (
    <div className="border-white/10 not-first:border-t">
      <p className="px-5 pt-4 text-xs text-[#93a099]">{name}</p>
      {/* Focusable, so that a keyboard can scroll a long line. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- long lines are scrolled with the keyboard */}
      <pre
        tabIndex={0}
        aria-label={name}
        role="region"
        className="overflow-x-auto px-5 pt-2 pb-5 font-mono text-xs leading-6 sm:text-sm sm:leading-6"
      >
        <code>{code}</code>
      </pre>
    </div>
  );
}
