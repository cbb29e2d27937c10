"use client";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { formats } from "@/lib/platform/i18n/format";
import type { Locale } from "@/lib/platform/i18n/locales";
import { unanswered } from "../card/answer";
import { type RefusedTexts, refusedText } from "../card/refused-text";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { enterCode } from "./card-actions";

/** With `{points}`, `{name}` and `{amount}` still to be filled in. */
type Texts = {
  label: string;
  hint: string;
  send: string;
  use: string;
  points: string;
  reward: string;
  certificate: string;
};
/** A code made for this member, and what to say of it. */
export type OwnCode = { code: string; about: string; until: string | null; label: string };

/** Codes the member was given, each with its button, and one field for whatever code they have: a promo code or a certificate. */
export function CardCode({
  slug,
  place,
  texts,
  refused,
  own,
}: {
  slug: string;
  place: { locale: Locale; zone: string; currency: string };
  texts: Texts;
  refused: RefusedTexts;
  own: readonly OwnCode[];
}) {
  const router = useRouter();
  const [code, setCode] = useState("");
  const [said, setSaid] = useState<{ isGood: boolean; text: string }>();
  const [isBusy, start] = useTransition();
  const key = useRef<string>(undefined);
  const send = (typed: string) =>
    start(async () => {
      key.current ??= Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) =>
        part.toString(36),
      ).join("-");
      const input = { slug, code: typed, idempotencyKey: key.current };
      const result = await enterCode(null, input).catch(unanswered);
      if (result.ok || result.code !== "offline") key.current = undefined;
      if (!result.ok) return setSaid({ isGood: false, text: refusedText(refused, result.code) });
      const f = formats(place);
      const gain = result.value;
      const text =
        gain.kind === "points"
          ? texts.points.replace("{points}", f.points(BigInt(gain.points)))
          : gain.kind === "reward"
            ? texts.reward.replace("{name}", gain.name)
            : texts.certificate.replace("{amount}", f.money(BigInt(gain.minor), { whole: "drop" }));
      setSaid({ isGood: true, text });
      setCode("");
      router.refresh();
    });
  return (
    <form
      className="grid gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (code.trim() !== "") send(code);
      }}
    >
      {own.length > 0 && (
        <ul className="grid gap-2 pb-2">
          {own.map((each) => (
            <li
              key={each.code}
              className="flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg bg-sunken p-3"
            >
              <span className="min-w-0 flex-1 basis-40">
                <span className="block font-semibold tracking-wider">{each.code}</span>
                <span className="block text-sm text-muted wrap-anywhere">{each.about}</span>
                {each.until && <span className="block text-sm text-muted">{each.until}</span>}
              </span>
              <Button
                variant="soft"
                aria-label={each.label}
                busy={isBusy}
                onClick={() => {
                  key.current = undefined;
                  send(each.code);
                }}
              >
                {texts.use}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Field label={texts.label} hint={texts.hint}>
        <Input
          size="lg"
          value={code}
          onChange={(event) => {
            setCode(event.target.value);
            setSaid(undefined);
          }}
          maxLength={60}
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="tracking-wide uppercase"
        />
      </Field>
      <Button type="submit" size="lg" variant="secondary" busy={isBusy}>
        {texts.send}
      </Button>
      <div role="status">
        {said && <p className={said.isGood ? "text-success" : "text-danger"}>{said.text}</p>}
      </div>
    </form>
  );
}
