"use client";
import { buttonClass } from "@/components/ui/button";

const ACCEPTED =
  ".xlsx,.csv,.tsv,.txt,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A file to import. The browser writes on its own field in its own language: that lies unseen over our words. */
export function FilePick({
  file,
  onPick,
  texts,
  ...wired
}: {
  file: File | null;
  onPick: (file: File | null) => void;
  texts: { readonly choose: string; readonly none: string };
  id?: string;
  "aria-describedby"?: string;
  "aria-invalid"?: boolean;
}) {
  return (
    <span className="relative flex min-h-10 min-w-0 items-center gap-3 rounded-md text-sm focus-within:outline-2 focus-within:outline-offset-2 focus-within:outline-brand">
      <input
        {...wired}
        type="file"
        accept={ACCEPTED}
        className="absolute inset-0 w-full cursor-pointer opacity-0"
        onChange={(event) => onPick(event.target.files?.[0] ?? null)}
      />
      <span aria-hidden="true" className={buttonClass({ variant: "secondary" })}>
        {texts.choose}
      </span>
      <span aria-hidden="true" className="min-w-0 text-muted wrap-anywhere">
        {file?.name ?? texts.none}
      </span>
    </span>
  );
}
