"use client";
import { Smartphone } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { cardInstalled } from "./actions";

type InstallEvent = Event & { prompt: () => Promise<unknown> };
const DISMISSED = "kolo.install.dismissed";
const TOLD = "kolo.install.told";

/** Says once, from this browser, that the card stands among the phone's apps. */
function tell(slug: string): void {
  const key = `${TOLD}.${slug}`;
  if (localStorage.getItem(key) !== null) return;
  void cardInstalled(null, { slug })
    .then((answer) => answer.ok && localStorage.setItem(key, "1"))
    .catch(() => undefined); // without a network: when the card is opened next
}

/** Offers to put the card among the phone's apps, where the browser offers it, until somebody says no. */
export function InstallHint({
  slug,
  texts,
}: {
  slug: string;
  texts: { title: string; text: string; yes: string; no: string };
}) {
  const [offer, setOffer] = useState<InstallEvent>();
  useEffect(() => {
    const offered = (event: Event) => {
      event.preventDefault();
      if (localStorage.getItem(DISMISSED) === null) setOffer(event as InstallEvent);
    };
    const over = () => {
      setOffer(undefined);
      tell(slug);
    };
    // Opened as an app: also where the browser never says that it was installed.
    if (matchMedia("(display-mode: standalone)").matches) tell(slug);
    window.addEventListener("beforeinstallprompt", offered);
    window.addEventListener("appinstalled", over);
    return () => {
      window.removeEventListener("beforeinstallprompt", offered);
      window.removeEventListener("appinstalled", over);
    };
  }, [slug]);
  if (!offer) return null;
  const dismiss = () => {
    localStorage.setItem(DISMISSED, "1");
    setOffer(undefined);
  };
  return (
    <section aria-labelledby="install" className="panel flex animate-rise items-start gap-3.5 rounded-lg p-4">
      <span
        aria-hidden="true"
        className="grid size-9 shrink-0 place-items-center rounded-full bg-soft text-brand"
      >
        <Smartphone className="size-4.5" />
      </span>
      <div className="min-w-0 flex-1">
        <h2 id="install" className="font-medium">
          {texts.title}
        </h2>
        <p className="text-sm text-muted">{texts.text}</p>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button size="sm" onClick={() => void offer.prompt().finally(() => setOffer(undefined))}>
            {texts.yes}
          </Button>
          <Button size="sm" variant="ghost" onClick={dismiss}>
            {texts.no}
          </Button>
        </div>
      </div>
    </section>
  );
}
