"use client";
import { useState, useTransition } from "react";
import { unanswered } from "@/components/card/answer";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { chooseQuiet } from "./actions";
import { clockOf, minuteOf } from "./clock";

type Hours = { readonly from: number; readonly until: number };
type Texts = Readonly<Record<"title" | "usual" | "own" | "from" | "until" | "saved" | "failed", string>>;

const EVENING: Hours = { from: 21 * 60, until: 9 * 60 };

/** A member's own quiet hours or the business's; kept at every change, with the zone of this phone. */
export function QuietForm({ slug, quiet, texts }: { slug: string; quiet: Hours | null; texts: Texts }) {
  const [own, setOwn] = useState(quiet);
  const [answer, setAnswer] = useState<"saved" | "failed">();
  const [, start] = useTransition();
  const save = (hours: Hours | null) => {
    setOwn(hours);
    start(async () => {
      const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
      const input = { slug, zone, from: hours?.from ?? null, until: hours?.until ?? null };
      const result = await chooseQuiet(null, input).catch(unanswered);
      setAnswer(result.ok ? "saved" : "failed");
    });
  };
  const time = (name: "from" | "until") => (
    <Field label={texts[name]}>
      <Input
        type="time"
        value={clockOf(own?.[name] ?? EVENING[name])}
        onChange={(event) => {
          const minute = minuteOf(event.target.value);
          if (minute !== undefined) save({ ...(own ?? EVENING), [name]: minute });
        }}
      />
    </Field>
  );
  return (
    <RadioGroup legend={<span className="sr-only">{texts.title}</span>}>
      <Radio name="quiet" label={texts.usual} checked={own === null} onChange={() => save(null)} />
      <Radio name="quiet" label={texts.own} checked={own !== null} onChange={() => save(EVENING)} />
      {own && (
        <div className="mt-1 grid grid-cols-2 gap-3">
          {time("from")}
          {time("until")}
        </div>
      )}
      <p role="status" className={answer === "failed" ? "text-sm text-danger" : "text-sm text-muted"}>
        {answer ? texts[answer] : ""}
      </p>
    </RadioGroup>
  );
}
