"use client";
import { Share2 } from "lucide-react";
import { useSyncExternalStore } from "react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";

/** Hands a link to the phone's own share sheet where there is one; copying works everywhere. */
export function Share({
  url,
  title,
  text,
  texts,
}: {
  url: string;
  title: string;
  text: string;
  texts: { share: string; copy: string; copied: string };
}) {
  const canShare = useSyncExternalStore(
    () => () => {},
    () => "share" in navigator,
    () => false,
  );
  // A sheet closed without sharing is an answer, not an error.
  const share = () => void navigator.share({ url, title, text }).catch(() => {});
  return (
    <div className="grid grid-flow-row gap-3">
      {canShare && (
        <Button size="lg" onClick={share}>
          <Share2 aria-hidden="true" />
          {texts.share}
        </Button>
      )}
      <CopyButton
        text={url}
        label={texts.copy}
        copiedLabel={texts.copied}
        size="lg"
        variant={canShare ? "secondary" : "primary"}
      />
    </div>
  );
}
