"use client";
import { useEffect } from "react";
import { openInvitation } from "./actions";

/** Tells once that this invitation was opened in a browser; nothing to see, and nothing waits for it. */
export function Opened({ slug, code }: { slug: string; code: string }) {
  useEffect(() => {
    void openInvitation(null, { slug, code }).catch(() => {});
  }, [slug, code]);
  return null;
}
