"use client";
import { Pencil, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Tag } from "@/lib/members";
import { deleteTag, renameTag } from "@/lib/members/actions";
import { AskDialog } from "../office/ask-dialog";
import { FormDialog, useFormDialog } from "../office/form-dialog";
import { useAct } from "../office/use-act";
import { Button } from "../ui/button";
import { Card, CardDescription, CardHeader, CardTitle } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";

type Counted = Tag & { readonly members: number };

/** The business's tags with how many members have each: renamed and deleted here. */
export function TagCard({ tags }: { tags: readonly Counted[] }) {
  const t = useTranslations("catalog.tags");
  return (
    <Card aria-label={t("title")}>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("description")}</CardDescription>
        </div>
      </CardHeader>
      {tags.length === 0 ? (
        <p className="px-5 py-5 text-faint sm:px-6">{t("empty")}</p>
      ) : (
        <ul className="divide-y divide-line pt-2">
          {tags.map((tag) => (
            <li key={tag.id.toString()} className="flex items-center gap-3 px-5 py-2.5 sm:px-6">
              <span className="min-w-0 flex-1 font-medium wrap-anywhere">{tag.name}</span>
              <span className="text-sm text-faint tabular-nums">{t("count", { count: tag.members })}</span>
              <span className="flex shrink-0">
                <RenameTag tag={tag} />
                <DeleteTag tag={tag} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function RenameTag({ tag }: { tag: Counted }) {
  const t = useTranslations("catalog.tags");
  const { draft, set, run, errorOf, dialog } = useFormDialog(() => ({ name: tag.name }), renameTag, {
    said: t("renamed"),
  });
  return (
    <FormDialog
      {...dialog}
      trigger={
        <Button variant="ghost" size="sm" icon aria-label={t("rename", { name: tag.name })}>
          <Pencil aria-hidden="true" />
        </Button>
      }
      title={t("renameTitle")}
      onSave={() => run({ id: tag.id, name: draft.name })}
    >
      <Field label={t("name")} error={errorOf("name")}>
        <Input
          value={draft.name}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => set("name", event.target.value)}
        />
      </Field>
    </FormDialog>
  );
}

function DeleteTag({ tag: { id, name, members } }: { tag: Counted }) {
  const t = useTranslations("catalog.tags");
  const { run, isPending, failure, forget } = useAct(deleteTag, { said: t("deleted") });
  return (
    <AskDialog
      label={t("delete", { name })}
      icon={<Trash2 aria-hidden="true" />}
      title={t("deleteTitle", { name })}
      text={t("deleteText", { count: members })}
      act={t("deleteAct")}
      isDanger
      isPending={isPending}
      failure={failure}
      onOpen={forget}
      onConfirm={() => run({ id })}
    />
  );
}
