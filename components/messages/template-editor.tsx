"use client";
import { Archive, Mail, Smartphone } from "lucide-react";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { ConfirmButton } from "@/components/office/confirm-button";
import { FailureNotice, useFieldError } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardFooter } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import { archiveTemplate, saveTemplate, testTemplate } from "@/lib/messaging/actions";
import { KINDS, type Language, PURPOSES } from "@/lib/messaging/model";
import type { TemplateDraft } from "@/lib/messaging/schema";
import { type Givable, OfferFields } from "./offer-fields";
import { ProblemList } from "./problem-list";
import { cleaned, useTemplateDraft } from "./template-draft";
import { TemplatePreview } from "./template-preview";
import { WordingFields } from "./wording-fields";

/** Words on one side, how they will be seen and what is wrong with them on the other. */
export function TemplateEditor({
  start,
  business,
  language,
  givable,
  isReadOnly,
}: {
  start: TemplateDraft;
  business: { name: string; accent: string };
  language: Language;
  givable: Givable;
  isReadOnly: boolean;
}) {
  const t = useTranslations("messaging.office.editor");
  const words = useTranslations("messaging");
  const common = useTranslations("common");
  const router = useRouter();
  const locale = useLocale();
  const drafted = useTemplateDraft(start, language);
  const { draft, set } = drafted;
  const toList = () => router.push(`/${locale}/office/messages/templates`);
  const saving = useAct(saveTemplate, { said: t("saved"), onDone: toList });
  const archiving = useAct(archiveTemplate, { said: t("archived"), onDone: toList });
  const testing = useAct(testTemplate, { said: t("tested") });
  const errorOf = useFieldError(saving.failure);
  const hasErrors = drafted.problems.some(({ level }) => level === "error");
  const { templateId } = draft;
  const test = (channel: "email" | "push") =>
    testing.run({ content: cleaned(draft.content), locale: drafted.language, channel });
  return (
    <div className="grid items-start gap-6 *:min-w-0 xl:grid-cols-[minmax(0,1fr)_24rem]">
      <Card>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            saving.run({ ...draft, content: cleaned(draft.content) });
          }}
        >
          <fieldset disabled={isReadOnly} className="min-w-0">
            <CardBody className="grid gap-5">
              <div className="grid items-start gap-4 sm:grid-cols-2">
                <Field
                  label={t("name")}
                  hint={t("nameHint")}
                  error={errorOf("name")}
                  className="sm:col-span-2"
                >
                  <Input
                    value={draft.name}
                    maxLength={100}
                    required
                    onChange={(event) => set({ name: event.target.value })}
                  />
                </Field>
                <Field label={t("purpose")}>
                  <Select
                    value={draft.purpose}
                    onChange={(event) =>
                      set({ purpose: PURPOSES.find((one) => one === event.target.value) ?? "marketing" })
                    }
                  >
                    {PURPOSES.map((one) => (
                      <option key={one} value={one}>
                        {words(`purpose.${one}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
                <Field label={t("kind")}>
                  <Select
                    value={draft.kind}
                    onChange={(event) =>
                      set({ kind: KINDS.find((one) => one === event.target.value) ?? "news" })
                    }
                  >
                    {KINDS.map((one) => (
                      <option key={one} value={one}>
                        {words(`kind.${one}`)}
                      </option>
                    ))}
                  </Select>
                </Field>
              </div>
              <WordingFields drafted={drafted} />
              <OfferFields drafted={drafted} givable={givable} />
              <FailureNotice failure={saving.failure ?? archiving.failure} />
            </CardBody>
            <CardFooter className="flex-wrap">
              <Button type="submit" busy={saving.isPending} disabled={hasErrors}>
                {common("save")}
              </Button>
              <Button variant="secondary" busy={testing.isPending} onClick={() => test("email")}>
                <Mail aria-hidden="true" />
                {t("testMail")}
              </Button>
              <Button variant="secondary" busy={testing.isPending} onClick={() => test("push")}>
                <Smartphone aria-hidden="true" />
                {t("testPush")}
              </Button>
              {templateId !== null && (
                <ConfirmButton
                  label={t("archive")}
                  icon={<Archive aria-hidden="true" />}
                  title={t("archiveTitle")}
                  text={t("archiveText")}
                  act={t("archive")}
                  isPending={archiving.isPending}
                  onConfirm={() => archiving.run({ id: templateId })}
                />
              )}
              <FailureNotice failure={testing.failure} className="w-full" />
            </CardFooter>
          </fieldset>
        </form>
      </Card>
      <div className="grid min-w-0 gap-4 xl:sticky xl:top-6">
        <TemplatePreview wording={drafted.wording} language={drafted.language} business={business} />
        <ProblemList problems={drafted.problems} />
      </div>
    </div>
  );
}
