"use client";
import { ChevronRight } from "lucide-react";
import { useTranslations } from "next-intl";
import { startTransition, useActionState } from "react";
import { chooseBusiness } from "@/lib/access/actions";
import type { Locale } from "@/lib/platform/i18n/locales";
import { Avatar } from "../ui/avatar";
import { Spinner } from "../ui/spinner";
import { RefusalSlot, useRefusal } from "./refusal";

type Work = { id: string; name: string; role: "owner" | "manager" | "marketer" | "cashier" };

/** The businesses a staff person may work in, one press each. */
export function ChooseBusiness({
  locale,
  to,
  works,
}: {
  locale: Locale;
  to: string;
  works: readonly Work[];
}) {
  const t = useTranslations("enter.choose.role");
  const [result, choose, isChoosing] = useActionState(
    async (previous: Awaited<ReturnType<typeof chooseBusiness>> | null, businessId: string) =>
      await chooseBusiness(previous, { businessId, locale, to }),
    null,
  );
  return (
    <>
      <ul className="mt-6 grid gap-2">
        {works.map((work) => (
          <li key={work.id}>
            <button
              type="button"
              disabled={isChoosing}
              onClick={() => startTransition(() => choose(work.id))}
              className="flex w-full items-center gap-3 rounded-lg border bg-surface px-4 py-3 text-left hover:bg-sunken disabled:opacity-60"
            >
              <Avatar name={work.name} size="sm" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{work.name}</span>
                <span className="block text-sm text-muted">{t(work.role)}</span>
              </span>
              {isChoosing ? <Spinner /> : <ChevronRight aria-hidden="true" className="size-5 text-faint" />}
            </button>
          </li>
        ))}
      </ul>
      <RefusalSlot text={useRefusal(result)} />
    </>
  );
}
