"use client";
import { Archive, ArchiveRestore, Package, Pencil, Sparkles, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import type { Item } from "@/lib/catalog";
import { putItemAway, removeItem } from "@/lib/catalog/actions";
import { AskDialog } from "../office/ask-dialog";
import { useFailureToast } from "../office/staff-menu";
import { useAct } from "../office/use-act";
import { IconButton } from "../ui/button";
import { ItemDialog } from "./item-dialog";

/** One item: what it is, what it costs, and what may be done with it. */
export function ItemRow({
  item,
  price,
  categories,
  currency,
  mayWrite,
}: {
  item: Item;
  price: string;
  categories: readonly string[];
  currency: string;
  mayWrite: boolean;
}) {
  const t = useTranslations("catalog");
  const { name, archivedAt } = item;
  return (
    <li className="flex items-center gap-3 px-5 py-2.5 sm:px-6">
      <span
        className="grid size-9 shrink-0 place-items-center rounded-lg bg-sunken text-muted [&_svg]:size-4.5"
        title={t(`one.${item.kind}`)}
      >
        {item.kind === "service" ? <Sparkles aria-hidden="true" /> : <Package aria-hidden="true" />}
      </span>
      <span className="flex min-w-0 flex-1 flex-wrap items-baseline gap-x-4">
        <span
          className={`min-w-0 flex-1 basis-40 font-medium wrap-anywhere ${archivedAt ? "text-muted" : ""}`}
        >
          {name}
          <span className="sr-only">, {t(`one.${item.kind}`)}</span>
        </span>
        <span className="text-muted tabular-nums">
          {item.priceMinor === 0n ? <span className="text-sm text-faint">{t("priceOpen")}</span> : price}
        </span>
      </span>
      {mayWrite && (
        <span className="flex shrink-0">
          {archivedAt === null && (
            <ItemDialog
              item={item}
              categories={categories}
              currency={currency}
              trigger={
                <IconButton label={t("edit", { name })}>
                  <Pencil aria-hidden="true" />
                </IconButton>
              }
            />
          )}
          {archivedAt === null ? <AwayButton item={item} /> : <RestoreButton item={item} />}
          <DeleteButton item={item} />
        </span>
      )}
    </li>
  );
}

function AwayButton({ item: { id, name } }: { item: Item }) {
  const t = useTranslations("catalog");
  const { run, isPending, failure, forget } = useAct(putItemAway, { said: t("awayDone") });
  return (
    <AskDialog
      label={t("away", { name })}
      icon={<Archive aria-hidden="true" />}
      title={t("awayTitle", { name })}
      text={t("awayText")}
      act={t("awayAct")}
      isPending={isPending}
      failure={failure}
      onOpen={forget}
      onConfirm={() => run({ id, archived: true })}
    />
  );
}

function RestoreButton({ item: { id, name } }: { item: Item }) {
  const t = useTranslations("catalog");
  const { run, isPending, failure } = useAct(putItemAway, { said: t("restored") });
  useFailureToast(failure);
  return (
    <IconButton label={t("restore", { name })} busy={isPending} onClick={() => run({ id, archived: false })}>
      <ArchiveRestore aria-hidden="true" />
    </IconButton>
  );
}

function DeleteButton({ item: { id, name } }: { item: Item }) {
  const t = useTranslations("catalog");
  const { run, isPending, failure, forget } = useAct(removeItem, { said: t("deleted") });
  return (
    <AskDialog
      label={t("delete", { name })}
      icon={<Trash2 aria-hidden="true" />}
      title={t("deleteTitle", { name })}
      text={t("deleteText")}
      act={t("deleteAct")}
      isDanger
      isPending={isPending}
      failure={failure}
      onOpen={forget}
      onConfirm={() => run({ id })}
    />
  );
}
