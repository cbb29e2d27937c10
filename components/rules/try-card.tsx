"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { FailureNotice } from "@/components/office/failure-notice";
import type { Failure } from "@/components/office/use-act";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Select } from "@/components/ui/select";
import type { Trial } from "@/lib/sales";
import { tryBill } from "@/lib/sales/actions";
import type { TrialInput } from "@/lib/sales/schema";
import { offeredOf } from "../office/choices";
import { useEditing } from "./edit-context";
import { ANY_LINE, fitting } from "./fitting";
import { TryAnswer } from "./try-answer";
import { TryBuyer } from "./try-buyer";
import { TryLineAmount, TryMoment } from "./try-fields";

const PAUSE_MS = 500;
const LINES_MAX = 20;
type Line = TrialInput["lines"][number];

/** A bill to try the rule on: what is bought, by whom, when and where; answered as it is and as it would be. */
export function TryCard({ id, isReady, minute }: { id: bigint | null; isReady: boolean; minute: number }) {
  const t = useTranslations("rules.try");
  const { body, today, words } = useEditing();
  const [own, setOwn] = useState<Partial<TrialInput>>({});
  // What nobody touched follows the rule, so that it is seen at work from the start.
  const bill = useMemo<TrialInput>(
    () => ({ ...fitting(body, words.lists, today, minute), ...own }),
    [body, words.lists, today, minute, own],
  );
  const set = (part: Partial<TrialInput>) => setOwn((before) => ({ ...before, ...part }));
  const put = (at: number, part: Partial<Line>) =>
    set({ lines: bill.lines.map((line, index) => (index === at ? { ...line, ...part } : line)) });
  const { trial, failure } = useTrial(id, body, bill, isReady);
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("title")}</CardTitle>
          <CardDescription>{t("text")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-5">
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-sm font-medium">{t("lines")}</legend>
          {bill.lines.map((line, index) => (
            // Lines have no name of their own; their number says when one went.
            // oxlint-disable-next-line react/no-array-index-key -- lines have no names of their own
            <div key={`${bill.lines.length} ${index}`} className="flex items-center gap-2">
              <GoodsSelect
                label={t("line", { number: index + 1 })}
                line={line}
                onLine={(part) => put(index, part)}
              />
              <TryLineAmount
                key={own.lines ? "own" : line.amountMinor.toString()}
                label={t("lineAmount", { number: index + 1 })}
                value={line.amountMinor}
                onAmount={(amountMinor) => put(index, { amountMinor })}
              />
              {bill.lines.length > 1 && (
                <Button
                  variant="ghost"
                  icon
                  aria-label={t("removeLine", { number: index + 1 })}
                  onClick={() => set({ lines: bill.lines.filter((_, at) => at !== index) })}
                >
                  <X aria-hidden="true" />
                </Button>
              )}
            </div>
          ))}
          {bill.lines.length < LINES_MAX && (
            <Button
              variant="ghost"
              size="sm"
              className="justify-self-start"
              onClick={() => set({ lines: [...bill.lines, ANY_LINE] })}
            >
              <Plus aria-hidden="true" />
              {t("addLine")}
            </Button>
          )}
        </fieldset>
        <TryBuyer bill={bill} set={set} />
        <TryMoment bill={bill} set={set} />
        <FailureNotice failure={failure} />
        {isReady ? (
          trial && <TryAnswer trial={trial} />
        ) : (
          <p className="text-sm text-faint">{t("unfinished")}</p>
        )}
      </CardBody>
    </Card>
  );
}

function GoodsSelect({
  label,
  line,
  onLine,
}: {
  label: string;
  line: Line;
  onLine: (part: Partial<Line>) => void;
}) {
  const t = useTranslations("rules");
  const { words } = useEditing();
  const { category, item } = words.lists;
  const value =
    line.itemId === null ? (line.category === null ? "" : `c ${line.category}`) : `i ${line.itemId}`;
  return (
    <Select
      aria-label={label}
      className="min-w-0 flex-1"
      value={value}
      onChange={({ target }) => {
        const named = target.value.slice(2);
        if (target.value.startsWith("c ")) onLine({ category: named, itemId: null });
        else onLine({ category: null, itemId: target.value === "" ? null : BigInt(named) });
      }}
    >
      <option value="">{t("try.anything")}</option>
      <optgroup label={t("edit.row.categories")}>
        {category.map((one) => (
          <option key={one.value} value={`c ${one.value}`}>
            {one.name}
          </option>
        ))}
      </optgroup>
      <optgroup label={t("edit.row.items")}>
        {offeredOf(item, line.itemId === null ? [] : [String(line.itemId)]).map((one) => (
          <option key={one.value} value={`i ${one.value}`}>
            {one.name}
          </option>
        ))}
      </optgroup>
    </Select>
  );
}

/** The answer, asked a moment after each change of the rule or the bill. */
function useTrial(id: bigint | null, body: TrialBody, bill: TrialInput, isReady: boolean) {
  const [trial, setTrial] = useState<Trial | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const asked = useRef(0);
  useEffect(() => {
    const turn = ++asked.current;
    if (!isReady) return;
    const ask = async () => {
      const result = await tryBill(null, { id, body, bill }).catch(
        (): Failure => ({ ok: false, code: "internal" }),
      );
      if (turn !== asked.current) return;
      setFailure(result.ok ? null : result);
      if (result.ok) setTrial(result.value);
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [id, body, bill, isReady]);
  return { trial, failure };
}
type TrialBody = ReturnType<typeof useEditing>["body"];
