"use client";
import { usePathname } from "next/navigation";
import { Trouble } from "@/components/shell/trouble";
import { crashTexts } from "../crash-texts";

/** A screen failed while being built; what it looked like before is safe, so offer to build it again. */
export default function ScreenError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = crashTexts(usePathname());
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  return (
    <Trouble title={t.title} text={t.text}>
      <button type="button" className="btn btn-primary btn-lg" onClick={() => retry()}>
        {t.retry}
      </button>
      {digest && <p className="w-full font-mono text-sm text-faint">{digest}</p>}
    </Trouble>
  );
}
