"use client";
import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { Failure } from "./use-act";
import { FailureText } from "./uses";

/** What went wrong, in words; nothing while nothing did. */
export function FailureNotice({ failure, className }: { failure: Failure | null; className?: string }) {
  if (!failure) return null;
  return (
    <Notice tone="danger" live {...(className !== undefined && { className })}>
      <FailureText failure={failure} />
    </Notice>
  );
}

/** What is wrong with one field, by its path in the input; nothing when it is fine. */
export function useFieldError(failure: Failure | null): (path: string) => string | undefined {
  const t = useTranslations("codes.field");
  return (path) => {
    const [code] = failure?.fields?.[path] ?? (failure?.detail?.field === path ? ["other"] : []);
    if (code === undefined) return undefined;
    const key = code as Parameters<typeof t>[0];
    return t.has(key) ? t(key) : t("other");
  };
}
