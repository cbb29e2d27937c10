"use client";
import { useEffect } from "react";
import { readMessages } from "./actions";

/** Tells once that the messages on the screen were seen. */
export function MarkRead({ slug }: { slug: string }) {
  useEffect(() => {
    readMessages(null, { slug }).catch(() => {}); // without a network they stay unread, which is true
  }, [slug]);
  return null;
}
