"use client";
import { Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ConditionFields } from "./condition-fields";
import { CONDITIONS, type ConditionGroup, rowOf, rowsOf, withCondition, without } from "./conditions";
import { useEditing } from "./edit-context";
import { Findings } from "./findings";

const GROUPS = Object.keys(CONDITIONS) as ConditionGroup[];

/** When the rule holds: every row must, and more are added from a menu. */
export function ConditionsCard() {
  const t = useTranslations("rules.edit");
  const { body, change } = useEditing();
  const rows = rowsOf(body.when);
  return (
    <Card>
      <CardHeader>
        <div>
          <CardTitle>{t("conditions")}</CardTitle>
          <CardDescription>{rows.length === 0 ? t("conditionsNone") : t("conditionsAll")}</CardDescription>
        </div>
      </CardHeader>
      <CardBody className="grid gap-4">
        {rows.map((row) => (
          <section key={row} aria-label={t(`row.${row}`)} className="rounded-lg border p-4">
            <div className="mb-3 flex items-center justify-between gap-3">
              <h3 className="font-medium">{t(`row.${row}`)}</h3>
              <Button
                variant="ghost"
                size="sm"
                icon
                aria-label={t("removeRow", { name: t(`row.${row}`) })}
                onClick={() => change({ when: without(body.when, row) })}
              >
                <X aria-hidden="true" />
              </Button>
            </div>
            <ConditionFields row={row} />
          </section>
        ))}
        <Findings place="conditions" />
        <AddCondition />
      </CardBody>
    </Card>
  );
}

function AddCondition() {
  const t = useTranslations("rules.edit");
  const { body, words, today, change } = useEditing();
  const taken = new Set(rowsOf(body.when));
  const groups = GROUPS.map((group) => ({
    group,
    keys: CONDITIONS[group].filter((key) => !taken.has(rowOf(key))),
  })).filter(({ keys }) => keys.length > 0);
  if (groups.length === 0) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="secondary" className="justify-self-start">
          <Plus aria-hidden="true" />
          {t("add")}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        className="max-h-[min(26rem,var(--radix-dropdown-menu-content-available-height))] overflow-y-auto"
      >
        {groups.map(({ group, keys }) => (
          <Fragment key={group}>
            <DropdownMenuLabel>{t(`group.${group}`)}</DropdownMenuLabel>
            {keys.map((key) => (
              <DropdownMenuItem
                key={key}
                onSelect={() => change({ when: withCondition(body.when, key, words.lists, today) })}
              >
                {t(`row.${key}`)}
              </DropdownMenuItem>
            ))}
          </Fragment>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
