"use client";
import type { Route } from "next";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { type Use, usesIn } from "@/lib/platform/uses/model";
import type { Failure } from "./use-act";

/** Where something is used, each place a link to it. */
export function UsesList({ uses }: { uses: readonly Use[] }) {
  const t = useTranslations("office.uses");
  const locale = useLocale();
  return (
    <ul className="mt-1 grid gap-0.5">
      {uses.map((use) => (
        <li key={`${use.kind} ${use.ref}`}>
          <Link
            href={`/${locale}/office/${placeOf(use)}` as Route}
            className="underline underline-offset-2 hover:no-underline"
          >
            {use.kind === "occasion"
              ? t(use.name === "birthday" ? "birthday" : "anniversary")
              : t(use.kind, { name: use.name })}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function placeOf({ kind, ref }: Use): string {
  switch (kind) {
    case "rule":
      return `programme/rules/${ref}`;
    case "reward":
      return "rewards";
    case "stamps":
      return "rewards/stamps";
    case "promo":
      return "rewards/codes";
    case "occasion":
      return "rewards/dates";
    case "segment":
      return `segments/${ref}`;
    case "journey":
      return `journeys/${ref}`;
    case "campaign":
      return `campaigns/${ref}`;
  }
}

/** What went wrong in words; where something is still used, with the places. */
export function FailureText({ failure }: { failure: Failure }) {
  const codes = useTranslations("codes");
  const t = useTranslations("office.uses");
  const uses = failure.code === "in_use" ? usesIn(failure.detail?.uses) : [];
  if (uses.length === 0) return codes(failure.code);
  const more = Number(failure.detail?.count ?? 0) - uses.length;
  return (
    <>
      {t("title")}
      <UsesList uses={uses} />
      {more > 0 && t("more", { count: more })}
    </>
  );
}
