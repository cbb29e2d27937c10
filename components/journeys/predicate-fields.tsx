"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { Vocabulary } from "@/lib/journeys";
import { NUMBERS } from "@/lib/journeys/model";
import type { Predicate } from "@/lib/journeys/schema";
import { useSay } from "./reader";
import { NumberInput, OpPick, Pick } from "./small-fields";

type Group = Extract<Predicate, { of: Predicate[] }>;
const AMOUNTS: readonly string[] = ["spent", "points", "toNextTier"];

/** Questions about the member, joined by all, any or none. A single question is shown as a group of one. */
export function PredicateFields({
  predicate,
  words,
  messages,
  onChange,
}: {
  predicate: Predicate;
  words: Vocabulary;
  /** Message steps one may ask about. */
  messages: readonly { id: string; name: string }[];
  onChange: (predicate: Predicate) => void;
}) {
  const t = useTranslations("journeys.field");
  const group: Group = "of" in predicate ? predicate : { kind: "all", of: [predicate] };
  const set = (of: Predicate[]) => onChange({ ...group, of });
  return (
    <div className="grid gap-3">
      <Pick
        label={t("filters")}
        value={group.kind}
        options={(["all", "any", "none"] as const).map((kind) => ({ value: kind, label: t(kind) }))}
        onChange={(kind) => onChange({ ...group, kind })}
      />
      {group.of.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: questions have no names of their own
        <div key={index} className="@container flex items-end gap-2 rounded-lg bg-sunken p-3">
          <Question
            predicate={one}
            words={words}
            messages={messages}
            onChange={(next) => set(group.of.with(index, next))}
          />
          <Button
            variant="ghost"
            size="sm"
            icon
            aria-label={t("removeFilter")}
            onClick={() => set(group.of.toSpliced(index, 1))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {group.of.length < 20 && (
        <Button
          variant="ghost"
          size="sm"
          className="justify-self-start"
          onClick={() => set([...group.of, { kind: "number", fact: "visits", op: "at_least", value: 1 }])}
        >
          <Plus aria-hidden="true" />
          {t("addFilter")}
        </Button>
      )}
    </div>
  );
}

type Asked = {
  predicate: Predicate;
  words: Vocabulary;
  messages: readonly { id: string; name: string }[];
  onChange: (next: Predicate) => void;
};

function Question({ predicate, words, messages, onChange }: Asked) {
  const t = useTranslations("journeys.field");
  const say = useSay("journeys.read");
  const subjects = [
    ...NUMBERS.map((fact) => ({ value: `number ${fact}`, label: say(`number.${fact}`) })),
    ...(words.tiers.length > 0 ? [{ value: "tier", label: say("property.tierAfter") }] : []),
    ...(words.tags.length > 0 ? [{ value: "tag", label: t("tag") }] : []),
    ...(words.segments.length > 0 ? [{ value: "segment", label: t("segment") }] : []),
    { value: "gender", label: t("gender") },
    ...(messages.length > 0
      ? [
          { value: "opened", label: say("fact.opened", { is: "true" }) },
          { value: "clicked", label: say("fact.clicked", { is: "true" }) },
        ]
      : []),
  ];
  const subject =
    predicate.kind === "number"
      ? `number ${predicate.fact}`
      : predicate.kind === "message"
        ? predicate.did
        : predicate.kind;
  return (
    <div className="grid min-w-0 flex-1 gap-3 @lg:grid-cols-2">
      <Pick
        label={t("property")}
        value={subject}
        options={subjects}
        onChange={(next) => onChange(startOf(next, words, messages))}
      />
      <Answer predicate={predicate} words={words} messages={messages} onChange={onChange} />
    </div>
  );
}

function startOf(subject: string, words: Vocabulary, messages: readonly { id: string }[]): Predicate {
  const fact = NUMBERS.find((one) => subject === `number ${one}`);
  if (fact)
    return {
      kind: "number",
      fact,
      op: AMOUNTS.includes(fact) && fact === "toNextTier" ? "at_most" : "at_least",
      value: AMOUNTS.includes(fact) ? 10_000 : 1,
    };
  if (subject === "tier") return { kind: "tier", tierId: words.tiers[0]?.id ?? "base", is: true };
  if (subject === "tag") return { kind: "tag", tagId: words.tags[0]?.id ?? "1", is: true };
  if (subject === "segment") return { kind: "segment", segmentId: words.segments[0]?.id ?? "1", is: true };
  if (subject === "gender") return { kind: "gender", gender: "female" };
  return {
    kind: "message",
    step: messages[0]?.id ?? "s1",
    did: subject === "clicked" ? "clicked" : "opened",
    is: true,
  };
}

function Answer({ predicate, words, messages, onChange }: Asked) {
  const t = useTranslations("journeys.field");
  const say = useSay("journeys.read");
  if (predicate.kind === "number") {
    const unit = AMOUNTS.includes(predicate.fact) ? 100 : 1;
    return (
      <div className="grid grid-cols-2 gap-3">
        <OpPick
          op={predicate.op}
          ops={["at_least", "at_most"]}
          onChange={(op) => onChange({ ...predicate, op })}
        />
        <NumberInput
          label={t("value")}
          value={predicate.value / unit}
          max={1e9}
          onChange={(value) => onChange({ ...predicate, value: Math.round(value * unit) })}
        />
      </div>
    );
  }
  if (predicate.kind === "gender")
    return (
      <Pick
        label={t("value")}
        value={predicate.gender}
        options={(["female", "male"] as const).map((gender) => ({
          value: gender,
          label: say("fact.gender", { gender }),
        }))}
        onChange={(gender) => onChange({ ...predicate, gender })}
      />
    );
  if (!("is" in predicate)) return null;
  const lists = { tier: words.tiers, tag: words.tags, segment: words.segments, message: messages };
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)] gap-3">
      <OpPick
        op={predicate.is ? "is" : "is_not"}
        ops={["is", "is_not"]}
        onChange={(op) => onChange({ ...predicate, is: op === "is" })}
      />
      <Pick
        label={t("value")}
        value={idOf(predicate)}
        empty={t("choose")}
        options={lists[predicate.kind].map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(id) => onChange(named(predicate, id))}
      />
    </div>
  );
}

type Naming = Extract<Predicate, { kind: "tier" | "tag" | "segment" | "message" }>;

function idOf(predicate: Naming): string {
  if (predicate.kind === "tier") return predicate.tierId;
  if (predicate.kind === "tag") return predicate.tagId;
  return predicate.kind === "segment" ? predicate.segmentId : predicate.step;
}

function named(predicate: Naming, id: string): Naming {
  if (predicate.kind === "tier") return { ...predicate, tierId: id };
  if (predicate.kind === "tag") return { ...predicate, tagId: id };
  return predicate.kind === "segment" ? { ...predicate, segmentId: id } : { ...predicate, step: id };
}
