"use client";
import { Trash2 } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ConfirmButton } from "@/components/office/confirm-button";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { UsesList } from "@/components/office/uses";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import type { Use } from "@/lib/platform/uses/model";
import { dropSegment, makeSegment, saveSegment } from "@/lib/segments/actions";
import { type Group, RULE_VERSION, type Rule, sentence } from "@/lib/segments/model";
import { BuilderWords, useBuilder } from "./context";
import { GroupEditor } from "./group";
import { PreviewPanel, WhyPanel } from "./panels";
import { usePreview } from "./use-preview";
import type { Lists } from "./words";

export type Kept = { id: bigint; version: number; name: string; rule: Rule; usedIn: readonly Use[] };

/** Builds a segment: its name, its rule as a tree, what the rule says in words, and whom it holds for while it is built. */
export function Builder({
  kept,
  lists,
  currency,
  today,
  mayWrite,
  listHref,
}: {
  /** Null: a new one. */
  kept: Kept | null;
  lists: Lists;
  currency: string;
  today: string;
  mayWrite: boolean;
  listHref: Route;
}) {
  return (
    <BuilderWords lists={lists} currency={currency}>
      <Form kept={kept} today={today} mayWrite={mayWrite} listHref={listHref} />
    </BuilderWords>
  );
}

const EMPTY: Group = { kind: "all", nodes: [] };

function Form({
  kept,
  today,
  mayWrite,
  listHref,
}: {
  kept: Kept | null;
  today: string;
  mayWrite: boolean;
  listHref: Route;
}) {
  const { text } = useBuilder();
  const router = useRouter();
  const [name, setName] = useState(kept?.name ?? "");
  const [root, setRoot] = useState<Group>(kept?.rule.root ?? EMPTY);
  const [said, setSaid] = useState("");
  const rule: Rule = { version: RULE_VERSION, root };
  const shown = usePreview(rule);
  const wrong =
    shown.state === "refused" ? Object.keys(shown.fields).map((path) => path.replace(/^rule\./, "")) : [];
  const make = useAct(makeSegment, { said: text("edit.made"), onDone: () => router.push(listHref) });
  const save = useAct(saveSegment, { said: text("edit.saved") });
  const drop = useAct(dropSegment, { said: text("edit.archived"), onDone: () => router.push(listHref) });
  const submit = () => {
    if (kept) save.run({ id: kept.id, version: kept.version, name, rule });
    else make.run({ name, rule });
  };
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <form
        className="grid min-w-0 gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Card>
          <CardBody className="grid gap-5">
            <Field label={text("edit.name")}>
              <Input
                required
                maxLength={80}
                value={name}
                placeholder={text("edit.namePlaceholder")}
                onChange={(event) => setName(event.target.value)}
                disabled={!mayWrite}
              />
            </Field>
            <fieldset disabled={!mayWrite} className="grid min-w-0 gap-2">
              <legend className="mb-2 text-sm font-medium">{text("edit.rule")}</legend>
              <GroupEditor
                group={root}
                path={[]}
                editing={{ root, today, wrong, setRoot, moved: () => setSaid(text("build.moved")) }}
              />
            </fieldset>
            <p role="status" className="sr-only">
              {said}
            </p>
          </CardBody>
        </Card>
        <Sentence rule={rule} />
        <FailureNotice failure={make.failure ?? save.failure ?? drop.failure} />
        {mayWrite && (
          <div className="flex flex-wrap items-center gap-3">
            <Button
              type="submit"
              busy={make.isPending || save.isPending}
              disabled={name.trim() === "" || wrong.length > 0}
            >
              {text("edit.save")}
            </Button>
            {kept && kept.usedIn.length === 0 && (
              <ConfirmButton
                label={text("edit.archive")}
                icon={<Trash2 aria-hidden="true" />}
                title={text("edit.archiveTitle")}
                text={text("edit.archiveText")}
                act={text("edit.archive")}
                isPending={drop.isPending}
                onConfirm={() => drop.run({ id: kept.id })}
              />
            )}
          </div>
        )}
        {kept && kept.usedIn.length > 0 && (
          <Notice>
            {text("edit.inUse")}
            <UsesList uses={kept.usedIn} />
          </Notice>
        )}
      </form>
      <div className="grid gap-6 xl:sticky xl:top-6">
        <PreviewPanel shown={shown} />
        <WhyPanel rule={rule} />
      </div>
    </div>
  );
}

function Sentence({ rule }: { rule: Rule }) {
  const { text, words } = useBuilder();
  const parts = sentence(rule, words);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text("edit.sentence")}</CardTitle>
      </CardHeader>
      <CardBody>
        <p className="leading-7 wrap-anywhere" data-testid="segment-sentence">
          {parts.map((part) => part.text).join("")}
        </p>
      </CardBody>
    </Card>
  );
}
