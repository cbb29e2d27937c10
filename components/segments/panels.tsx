"use client";
import { Check, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import { Avatar } from "@/components/ui/avatar";
import { Card, CardBody, CardHeader, CardTitle } from "@/components/ui/card";
import { Input } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { Spinner } from "@/components/ui/spinner";
import { displayName } from "@/lib/members/model";
import {
  fieldOf,
  isGroup,
  leafText,
  type Node,
  type Rule,
  type Seen,
  type Verdict,
} from "@/lib/segments/model";
import { useBuilder } from "./context";
import { nodeAt } from "./tree";
import type { Person, Shown } from "./use-preview";

/** How many belong now, and some of them. */
export function PreviewPanel({ shown }: { shown: Shown }) {
  const { text } = useBuilder();
  const codes = useTranslations("codes");
  const t = useTranslations("segments");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text("preview.title")}</CardTitle>
        {shown.state === "counting" && <Spinner />}
      </CardHeader>
      <CardBody aria-live="polite">
        {shown.state === "counting" && <p className="text-muted">{text("preview.counting")}</p>}
        {shown.state === "refused" && (
          <Notice tone={shown.code === "invalid" ? "info" : "danger"}>
            {shown.code === "invalid"
              ? text("edit.wrong")
              : codes(shown.code === "too_slow" ? "too_slow" : "internal")}
          </Notice>
        )}
        {shown.state === "found" && (
          <>
            <p className="text-2xl font-semibold tabular-nums" data-testid="segment-count">
              {t(shown.between ? "preview.about" : "count", { count: shown.count })}
            </p>
            {shown.between && (
              <p className="mt-1 text-sm text-muted">
                {t("preview.between", { low: shown.between[0], high: shown.between[1] })}
              </p>
            )}
            {shown.count === 0 && <p className="mt-1 text-muted">{text("preview.nobody")}</p>}
            <ul className="mt-3 grid gap-2">
              {shown.sample.map((person) => (
                <li key={person.id} className="flex min-w-0 items-center gap-2.5 text-sm">
                  <Avatar name={displayName(person)} seed={String(person.id)} size="sm" />
                  <span className="truncate">{displayName(person)}</span>
                </li>
              ))}
            </ul>
            {shown.count > shown.sample.length && (
              <p className="mt-2 text-sm text-faint">{text("preview.more")}</p>
            )}
          </>
        )}
      </CardBody>
    </Card>
  );
}

type Found = Omit<Person, "email">;
const PAUSE_MS = 300;

async function post<T>(path: string, body: object, signal: AbortSignal): Promise<T> {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
    signal,
  });
  if (!answer.ok) throw new Error(String(answer.status));
  return await answer.json();
}

/** Why somebody belongs or not: every condition with what was seen of the person. */
export function WhyPanel({ rule }: { rule: Rule }) {
  const { text } = useBuilder();
  const [search, setSearch] = useState("");
  const [hits, setHits] = useState<readonly Found[] | null>(null);
  const [person, setPerson] = useState<Found | null>(null);
  const [verdicts, setVerdicts] = useState<readonly Verdict[]>([]);
  const body = JSON.stringify({ rule, memberId: person?.id });
  useEffect(() => {
    if (search.trim().length < 3) return;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      post<Found[]>("/api/desk/members", { search: search.trim() }, gone.signal).then(setHits, () => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [search]);
  useEffect(() => {
    if (!person) return;
    const gone = new AbortController();
    const timer = setTimeout(() => {
      post<Verdict[]>("/api/office/segments/why", JSON.parse(body), gone.signal).then(setVerdicts, () => {});
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      gone.abort();
    };
  }, [body, person]);
  return (
    <Card>
      <CardHeader>
        <CardTitle>{text("why.title")}</CardTitle>
      </CardHeader>
      <CardBody className="grid gap-3">
        <Input
          type="search"
          aria-label={text("why.find")}
          placeholder={text("why.find")}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
        />
        {search.trim().length >= 3 && hits?.length === 0 && (
          <p className="text-sm text-muted">{text("why.none")}</p>
        )}
        {search.trim().length >= 3 && hits && (
          <ul className="grid gap-0.5">
            {hits.slice(0, 6).map((hit) => (
              <li key={hit.id}>
                <button
                  type="button"
                  className="w-full truncate rounded-sm px-2 py-1.5 text-left hover:bg-sunken"
                  onClick={() => {
                    setVerdicts([]);
                    setPerson(hit);
                    setSearch("");
                  }}
                >
                  {displayName({ ...hit, email: null })}
                </button>
              </li>
            ))}
          </ul>
        )}
        {person && verdicts.length > 0 && <Verdicts person={person} rule={rule} verdicts={verdicts} />}
      </CardBody>
    </Card>
  );
}

function Verdicts({ person, rule, verdicts }: { person: Found; rule: Rule; verdicts: readonly Verdict[] }) {
  const { text, words } = useBuilder();
  const isIn = verdicts[0]?.holds ?? false;
  return (
    <div aria-live="polite">
      <p className="font-medium wrap-anywhere">{displayName({ ...person, email: null })}</p>
      <p className={isIn ? "text-success" : "text-muted"}>{text(isIn ? "why.isIn" : "why.isNotIn")}</p>
      <ul className="mt-3 grid gap-2">
        {verdicts.slice(1).map(({ path, holds, seen }) => {
          const node = nodeAt(rule.root, indexes(path));
          if (!node) return null;
          return (
            <li
              key={path}
              className="flex items-start gap-2 text-sm"
              style={{ paddingInlineStart: `${indexes(path).length - 1}rem` }}
            >
              {holds ? (
                <Check aria-label={text("why.holds")} className="mt-0.5 size-4 shrink-0 text-success" />
              ) : (
                <X aria-label={text("why.fails")} className="mt-0.5 size-4 shrink-0 text-danger" />
              )}
              <span className="min-w-0 wrap-anywhere">
                {isGroup(node) ? text(`build.${node.kind}`) : leafText(node, words)}
                {!isGroup(node) && <span className="block text-faint">{seenText(node, seen)}</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );

  function seenText(node: Node, seen: Seen): string {
    if (seen === null || (Array.isArray(seen) && seen.length === 0)) return text("why.nothing");
    return text("why.seen", { value: valueText(node, seen) });
  }

  function valueText(node: Node, seen: NonNullable<Seen>): string {
    if (typeof seen === "boolean") return text(seen ? "build.isTrue" : "build.isFalse");
    if (typeof seen === "object")
      return seen.map((one) => words.value("field" in node ? node.field : "", one)).join(", ");
    if (node.kind === "segment" && typeof seen === "number")
      return words.day(new Date(seen).toISOString().slice(0, 10));
    if (typeof seen === "string")
      return /^\d{4}-\d\d-\d\d$/.test(seen)
        ? words.day(seen)
        : words.value("field" in node ? node.field : "", seen);
    return words.number(unitOfNode(node), seen);
  }
}

/** "root.nodes.0.nodes.2" as [0, 2]. */
const indexes = (path: string) => (path.match(/\d+/g) ?? []).map(Number);

function unitOfNode(node: Node) {
  if (node.kind === "number") return fieldOf(node.field)?.unit ?? ("plain" as const);
  const isMoney = node.kind === "event" && "prop" in node.measure && node.measure.prop === "amount";
  if (node.kind === "expiring") return "points" as const;
  return isMoney ? ("money" as const) : ("plain" as const);
}
