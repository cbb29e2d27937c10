"use client";
import { Plus } from "lucide-react";
import { FailureNotice } from "@/components/office/failure-notice";
import { useAct } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { makeSegment } from "@/lib/segments/actions";
import { type Ready, readyRule, sentence } from "@/lib/segments/model";
import { BuilderWords, useBuilder } from "./context";
import type { Lists } from "./words";

/** Groups to begin with, each said in words and added with one press. */
export function ReadyList({
  ready,
  lists,
  currency,
}: {
  ready: readonly Ready[];
  lists: Lists;
  currency: string;
}) {
  return (
    <BuilderWords lists={lists} currency={currency}>
      <ul className="divide-y divide-line">
        {ready.map((id) => (
          <ReadyRow key={id} id={id} />
        ))}
      </ul>
    </BuilderWords>
  );
}

function ReadyRow({ id }: { id: Ready }) {
  const { text, words } = useBuilder();
  const add = useAct(makeSegment, { said: text("ready.added") });
  const name = text(`ready.name.${id}`);
  const rule = readyRule(id);
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 px-5 py-3.5 sm:px-6">
      <div className="min-w-0 flex-1">
        <p className="font-medium">{name}</p>
        <p className="text-sm text-muted">
          {sentence(rule, words)
            .map((part) => part.text)
            .join("")}
        </p>
        <FailureNotice failure={add.failure} className="mt-2" />
      </div>
      <Button
        variant="secondary"
        size="sm"
        busy={add.isPending}
        aria-label={`${text("ready.add")}: ${name}`}
        onClick={() => add.run({ name, rule })}
      >
        <Plus aria-hidden="true" />
        {text("ready.add")}
      </Button>
    </li>
  );
}
