"use client";
import { CameraOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef } from "react";
import { Button } from "../ui/button";
import { Dialog, DialogContent } from "../ui/dialog";
import { EmptyState } from "../ui/empty-state";
import { Spinner } from "../ui/spinner";
import { useScanner } from "./use-scanner";

/** The camera, looking for the code on a card; when it cannot, it says why and what else to do. */
export function ScanDialog({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const t = useTranslations("desk.scan");
  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent title={t("title")} description={t("text")}>
        <Camera onCode={onCode} onClose={onClose} />
      </DialogContent>
    </Dialog>
  );
}

function Camera({ onCode, onClose }: { onCode: (code: string) => void; onClose: () => void }) {
  const t = useTranslations("desk.scan");
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onCode);
  useEffect(() => {
    latest.current = onCode;
  }, [onCode]);
  const state = useScanner(
    video,
    useCallback((code: string) => latest.current(code), []),
  );
  const isBlind = state === "denied" || state === "missing" || state === "busy" || state === "insecure";
  return (
    <div className="grid gap-4">
      {isBlind ? (
        <EmptyState
          icon={<CameraOff />}
          title={t(`${state}.title`)}
          className="py-6"
          action={
            <Button size="lg" onClick={onClose}>
              {t("type")}
            </Button>
          }
        >
          {t(`${state}.text`)}
        </EmptyState>
      ) : (
        <div className="relative aspect-square max-h-[60dvh] w-full overflow-hidden rounded-xl bg-black">
          <video ref={video} muted playsInline aria-label={t("picture")} className="size-full object-cover" />
          <div aria-hidden="true" className="absolute inset-[16%] rounded-2xl border-4 border-white/85" />
          {state === "starting" && (
            <span className="absolute inset-0 grid place-items-center text-white">
              <Spinner className="size-8" />
            </span>
          )}
        </div>
      )}
      <p role="status" className="min-h-6 text-center text-muted">
        {state === "starting" && t("starting")}
        {state === "looking" && t("looking")}
        {state === "strange" && t("strange")}
      </p>
    </div>
  );
}
