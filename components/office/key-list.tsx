"use client";
import { KeyRound, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { revokeApiKey } from "@/lib/access/actions";
import { ConfirmButton } from "./confirm-button";
import { useFailureToast } from "./staff-menu";
import { useAct } from "./use-act";

export type ShownKey = {
  id: bigint;
  name: string;
  hint: string;
  isRevoked: boolean;
  made: string;
  used: string;
};

/** The keys tills hold, told apart by their first letters. */
export function KeyList({ keys }: { keys: readonly ShownKey[] }) {
  const t = useTranslations("office.integrations");
  const { run, isPending, failure } = useAct(revokeApiKey, { said: t("revoked") });
  useFailureToast(failure);
  if (keys.length === 0)
    return (
      <EmptyState icon={<KeyRound />} title={t("none")}>
        {t("noneText")}
      </EmptyState>
    );
  return (
    <ul className="divide-y divide-line">
      {keys.map((key) => (
        <li key={key.id.toString()} className="flex items-center gap-3 px-5 py-3 sm:px-6">
          <KeyRound aria-hidden="true" className="size-4.5 shrink-0 text-faint" />
          <span className="min-w-0 flex-1">
            <span className="flex flex-wrap items-center gap-2">
              <span className="truncate font-medium">{key.name}</span>
              <code className="text-sm text-faint">{key.hint}…</code>
              {key.isRevoked && <Badge tone="danger">{t("revokedBadge")}</Badge>}
            </span>
            <span className="block text-sm text-faint">
              {key.made} · {key.used}
            </span>
          </span>
          {!key.isRevoked && (
            <ConfirmButton
              label={t("revokeOne", { name: key.name })}
              icon={<Trash2 aria-hidden="true" />}
              title={t("revokeTitle", { name: key.name })}
              text={t("revokeText")}
              act={t("revoke")}
              isPending={isPending}
              onConfirm={() => run({ id: key.id })}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
