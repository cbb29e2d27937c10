"use client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Checkbox, Radio, RadioGroup } from "@/components/ui/choice";
import { plain } from "@/lib/kernel/json";
import type { RuleBody } from "@/lib/program/model";
import { SimulationPanel } from "./simulation-panel";

export type SimulatedRule = { readonly id: bigint; readonly body: RuleBody };

/** Which programme to play: the one in force with its rules switched at will, one that is scheduled, or nothing changed. */
export function SimulationChoice({
  rules,
  scheduled,
  currency,
}: {
  rules: readonly SimulatedRule[];
  scheduled: readonly { version: number; text: string }[];
  currency: string;
}) {
  const t = useTranslations("rules.simulation");
  const [what, setWhat] = useState("now");
  const [on, setOn] = useState<ReadonlySet<bigint>>(
    () => new Set(rules.filter(({ body }) => body.isOn).map(({ id }) => id)),
  );
  const put = rules
    .filter(({ id, body }) => body.isOn !== on.has(id))
    .map(({ id, body }) => ({ id: id.toString(), body: plain({ ...body, isOn: on.has(id) }) }));
  const asked =
    what === "unchanged" ? { isUnchanged: true } : what === "now" ? { put } : { version: Number(what) };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("what")}</CardTitle>
          <CardDescription>{t("whatText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid grid-cols-[minmax(0,1fr)] gap-6">
        <RadioGroup legend={<span className="sr-only">{t("what")}</span>}>
          <Choice value="now" label={t("now")} hint={t("nowText")} picked={what} onPick={setWhat} />
          {scheduled.map(({ version, text }) => (
            <Choice key={version} value={String(version)} label={text} picked={what} onPick={setWhat} />
          ))}
          <Choice
            value="unchanged"
            label={t("unchanged")}
            hint={t("unchangedText")}
            picked={what}
            onPick={setWhat}
          />
        </RadioGroup>
        {what === "now" && rules.length > 0 && (
          <fieldset>
            <legend className="mb-1.5 text-sm font-medium">{t("withRules")}</legend>
            <div className="grid max-h-72 gap-x-6 overflow-y-auto sm:grid-cols-2">
              {rules.map(({ id, body }) => (
                <Checkbox
                  key={id.toString()}
                  label={<span className="wrap-anywhere">{body.name}</span>}
                  checked={on.has(id)}
                  onChange={(event) => {
                    const next = new Set(on);
                    if (event.target.checked) next.add(id);
                    else next.delete(id);
                    setOn(next);
                  }}
                />
              ))}
            </div>
          </fieldset>
        )}
        <SimulationPanel asked={asked} currency={currency} isReady={put.length <= 20} />
      </CardBody>
    </Card>
  );
}

function Choice({
  value,
  label,
  hint,
  picked,
  onPick,
}: {
  value: string;
  label: string;
  hint?: string;
  picked: string;
  onPick: (value: string) => void;
}) {
  return (
    <Radio
      name="simulated"
      value={value}
      label={label}
      hint={hint}
      checked={picked === value}
      onChange={() => onPick(value)}
    />
  );
}
