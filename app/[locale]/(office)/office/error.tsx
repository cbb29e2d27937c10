"use client";
import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

/** A page of the office that could not be read: the rest of the office stays within reach. */
export default function OfficeError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  const t = useTranslations("common");
  return (
    <div role="alert" className="grid min-h-[60vh] place-items-center">
      <EmptyState
        icon={<CloudAlert />}
        title={<h1>{t("broken.title")}</h1>}
        action={<Button onClick={() => retry()}>{t("retry")}</Button>}
      >
        {t("broken.text")}
        {error.digest && (
          <span className="mt-3 block text-sm">{t("broken.digest", { digest: error.digest })}</span>
        )}
      </EmptyState>
    </div>
  );
}
