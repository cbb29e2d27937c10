"use client";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { useEditing } from "./edit-context";
import { RuleNumber } from "./fields";
import { Findings } from "./findings";

/** How the rule goes together with others, each way said in a sentence. `groups`: names other rules have. */
export function StackingCard({ groups }: { groups: readonly string[] }) {
  const t = useTranslations("rules.edit");
  const { body, change, mark } = useEditing();
  const { group, priority, gives } = body;
  const list = useId();
  const value = group?.choose ?? "adds";
  const choose = (how: "adds" | "priority" | "best") => {
    mark("group", true);
    if (how === "adds") change({ group: null });
    else change({ group: { name: group?.name ?? groups[0] ?? t("groupNew"), choose: how } });
  };
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("stacking")}</CardTitle>
          <CardDescription>{t("stackingText")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-5">
        <RadioGroup legend={<span className="sr-only">{t("stacking")}</span>}>
          {(["adds", "priority", "best"] as const).map((how) => (
            <Radio
              key={how}
              name="stacking"
              label={t(`stack.${how}`)}
              hint={t(`stackHint.${how}`)}
              checked={value === how}
              disabled={how !== "adds" && gives.is === "exclude"}
              onChange={() => choose(how)}
            />
          ))}
        </RadioGroup>
        <div className="grid gap-4 sm:grid-cols-2">
          {group && (
            <Field label={t("groupName")} hint={t("groupHint")}>
              <Input
                key={value}
                list={list}
                maxLength={60}
                defaultValue={group.name}
                onChange={(event) => {
                  const name = event.target.value.trim();
                  mark("group", name !== "");
                  if (name !== "") change({ group: { ...group, name } });
                }}
              />
            </Field>
          )}
          <RuleNumber
            field="priority"
            label={t("priority")}
            hint={t("priorityHint")}
            whole
            min={0n}
            max={1_000n}
            value={BigInt(priority)}
            onValue={(next) => next !== null && change({ priority: Number(next) })}
          />
        </div>
        <datalist id={list}>
          {groups.map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
        <Findings place="stacking" />
      </CardBody>
    </Card>
  );
}
