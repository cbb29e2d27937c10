"use client";
import { usePathname } from "next/navigation";
import { Trouble } from "@/components/shell/trouble";
import { crashTexts } from "./crash-texts";
import "./globals.css";

/** The document itself failed: this one stands in for it, with nothing asked of the server. */
export default function GlobalError({ retry }: { error: unknown; retry: () => void }) {
  const t = crashTexts(usePathname());
  return (
    <html lang={t.locale}>
      <body>
        <title>{t.title}</title>
        <Trouble title={t.title} text={t.text}>
          <button type="button" className="btn btn-primary btn-lg" onClick={() => retry()}>
            {t.retry}
          </button>
        </Trouble>
      </body>
    </html>
  );
}
