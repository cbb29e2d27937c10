"use client";
import { useRouter } from "next/navigation";
import { type ReactNode, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Segmented } from "@/components/ui/segmented";
import { GENDERS, type Gender } from "@/lib/members/model";
import type { Locale } from "@/lib/platform/i18n/locales";
import { saveAboutYou } from "./actions";
import { unanswered } from "./answer";
import { type RefusedTexts, refusedText } from "./refused-text";

export type AboutTexts = {
  name: string;
  birthDate: string;
  birthHint: string;
  birthWrong: string;
  gender: string;
  female: string;
  male: string;
  unsaid: string;
  optional: string;
  save: string;
  saved: string;
};

export type About = { readonly name: string; readonly birthDate: string; readonly gender: Gender | "" };

/** Name, birthday and gender, all optional. `goOn`: the page to go to then; without it the form says that it is saved. */
export function AboutForm({
  slug,
  about,
  today,
  texts,
  refused,
  goOn,
  skip,
}: {
  slug: string;
  about: About;
  /** The last birthday there can be. */
  today: string;
  texts: AboutTexts;
  refused: RefusedTexts;
  goOn?: `/${Locale}/card/${string}`;
  skip?: ReactNode;
}) {
  const router = useRouter();
  const [error, setError] = useState<{ text: string; ofBirthDate: boolean }>();
  const [kept, setKept] = useState(about);
  const [isSaved, setSaved] = useState(false);
  const [isBusy, start] = useTransition();
  const submit = (form: FormData) => {
    // A form is cleared once it is sent off, back to what it began with: to what was just said.
    setKept(saidIn(form));
    start(async () => {
      setSaved(false);
      const result = await saveAboutYou(null, form).catch(unanswered);
      if (result.ok) {
        setError(undefined);
        if (goOn) router.replace(goOn);
        else setSaved(true);
        return;
      }
      // The form of a date is the schema's to judge, whether it has come yet the business's calendar's.
      const ofBirthDate =
        ("fields" in result && result.fields?.birthDate !== undefined) ||
        ("detail" in result && result.detail?.field === "birthDate");
      setError({ text: ofBirthDate ? texts.birthWrong : refusedText(refused, result.code), ofBirthDate });
    });
  };
  return (
    <form action={submit} onChange={() => setSaved(false)} className="grid gap-4">
      <input type="hidden" name="slug" value={slug} />
      <Field label={texts.name} optional={texts.optional}>
        <Input name="name" size="lg" maxLength={80} autoComplete="name" defaultValue={kept.name} />
      </Field>
      <Field
        label={texts.birthDate}
        optional={texts.optional}
        hint={texts.birthHint}
        error={error?.ofBirthDate ? error.text : undefined}
      >
        <Input
          name="birthDate"
          type="date"
          size="lg"
          min="1900-01-01"
          max={today}
          autoComplete="bday"
          defaultValue={kept.birthDate}
        />
      </Field>
      <div className="grid gap-1.5">
        <span aria-hidden="true" className="text-sm font-medium">
          {texts.gender}
        </span>
        <Segmented
          name="gender"
          legend={texts.gender}
          defaultValue={kept.gender}
          options={[
            { value: "", label: texts.unsaid },
            { value: "female", label: texts.female },
            { value: "male", label: texts.male },
          ]}
        />
      </div>
      <div role="status">
        {isSaved && <p className="text-sm font-medium text-success">{texts.saved}</p>}
        {error && !error.ofBirthDate && <p className="text-sm text-danger">{error.text}</p>}
      </div>
      <Button type="submit" size="lg" busy={isBusy}>
        {texts.save}
      </Button>
      {skip}
    </form>
  );
}

function saidIn(form: FormData): About {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === "string" ? value : "";
  };
  const gender = GENDERS.find((one) => one === text("gender")) ?? "";
  return { name: text("name"), birthDate: text("birthDate"), gender };
}
