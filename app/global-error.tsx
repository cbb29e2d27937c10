"use client";
import { usePathname } from "next/navigation";
import { Trouble } from "@/components/shell/trouble";
import { Button } from "@/components/ui/button";
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
          <Button size="lg" onClick={() => retry()}>
            {t.retry}
          </Button>
        </Trouble>
      </body>
    </html>
  );
}
