"use client";
import { Minus, Plus, ShoppingBag } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogContent, DialogTrigger } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { type DeskItem, useDesk } from "./setting";
import type { SaleForm } from "./use-sale-form";

/** As many as are looked through at a glance; the rest is found by typing. */
const SHOWN_MAX = 40;

/** What is on the bill, picked from the catalogue: for rules about goods, exclusions and stamps. Nothing where there is no catalogue. */
export function PickedLines({ form }: { form: SaleForm }) {
  const t = useTranslations("desk.items");
  const { items, format } = useDesk();
  if (items.length === 0) return null;
  return (
    <section aria-label={t("title")} className="grid gap-2">
      {form.lines.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border">
          {form.lines.map((line) => (
            <li key={line.itemId} className="flex items-center gap-2 px-3 py-1.5">
              <span className="min-w-0 flex-1">
                <span className="block font-medium break-words">{line.name}</span>
                <span className="block text-sm text-muted tabular-nums">
                  {format.money(line.amountMinor)}
                </span>
              </span>
              <Button
                variant="ghost"
                size="lg"
                icon
                aria-label={t("less", { name: line.name })}
                onClick={() => form.pick(line.itemId, -1)}
              >
                <Minus aria-hidden="true" />
              </Button>
              <span className="min-w-6 text-center font-medium tabular-nums">{line.quantity}</span>
              <Button
                variant="ghost"
                size="lg"
                icon
                aria-label={t("more", { name: line.name })}
                onClick={() => form.pick(line.itemId, 1)}
              >
                <Plus aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      {form.isOver && (
        <p role="status" className="text-sm text-danger">
          {t("over", { amount: format.money(form.pickedMinor) })}
        </p>
      )}
      <Dialog>
        <DialogTrigger asChild>
          <Button variant="secondary" size="lg" className="justify-self-start">
            <ShoppingBag aria-hidden="true" />
            {t("add")}
          </Button>
        </DialogTrigger>
        <DialogContent title={t("title")} description={t("text")}>
          <Catalogue form={form} />
        </DialogContent>
      </Dialog>
    </section>
  );
}

function Catalogue({ form }: { form: SaleForm }) {
  const t = useTranslations("desk.items");
  const { items, format } = useDesk();
  const [search, setSearch] = useState("");
  const found = matching(items, search);
  return (
    <div className="grid gap-3">
      <Field label={t("search")} hideLabel>
        <Input
          size="lg"
          value={search}
          placeholder={t("search")}
          autoComplete="off"
          onChange={(event) => setSearch(event.target.value)}
        />
      </Field>
      <ul className="grid max-h-[50dvh] gap-2 overflow-y-auto sm:grid-cols-2">
        {found.slice(0, SHOWN_MAX).map((item) => {
          const quantity = form.lines.find(({ itemId }) => itemId === item.id)?.quantity ?? 0;
          return (
            <li key={item.id}>
              <Button
                variant={quantity > 0 ? "soft" : "secondary"}
                size="xl"
                className="h-auto w-full justify-between gap-3 py-2.5 text-left"
                onClick={() => form.pick(item.id, 1)}
              >
                <span className="min-w-0">
                  <span className="block text-base font-medium break-words whitespace-normal">
                    {item.name}
                  </span>
                  <span className="block text-sm font-normal text-muted tabular-nums">
                    {format.money(item.priceMinor)}
                  </span>
                </span>
                {quantity > 0 && <span className="tabular-nums">×{quantity}</span>}
              </Button>
            </li>
          );
        })}
      </ul>
      <p role="status" className="text-sm text-muted">
        {found.length === 0 ? t("none") : found.length > SHOWN_MAX && t("typeMore")}
      </p>
    </div>
  );
}

function matching(items: readonly DeskItem[], search: string): readonly DeskItem[] {
  const wanted = search.trim().toLocaleLowerCase();
  if (wanted === "") return items;
  return items.filter(({ name, category }) =>
    `${name} ${category ?? ""}`.toLocaleLowerCase().includes(wanted),
  );
}
