import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DeskPicture } from "./desk-picture";
import { OfficePicture } from "./office-picture";
import { QrPicture } from "./qr-picture";

/** The three parts of the product, each with a picture of itself. */
export function Screens() {
  const t = useTranslations("site.screens");
  return (
    <section className="border-y bg-surface py-20" aria-labelledby="screens">
      <div className="page max-w-6xl">
        <h2 id="screens" className="text-headline font-semibold">
          {t("title")}
        </h2>
        <div className="mt-10 grid gap-6 md:grid-cols-2 lg:grid-cols-3">
          <Screen title={t("card.title")} text={t("card.text")}>
            <JoinPicture />
          </Screen>
          <Screen title={t("desk.title")} text={t("desk.text")}>
            <DeskPicture />
          </Screen>
          <Screen title={t("office.title")} text={t("office.text")}>
            <OfficePicture />
          </Screen>
        </div>
      </div>
    </section>
  );
}

function Screen({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <article className="flex flex-col">
      <div className="flex h-84 overflow-hidden rounded-xl border bg-bg">{children}</div>
      <h3 className="mt-5 text-xl font-semibold tracking-tight">{title}</h3>
      <p className="mt-1.5 text-muted">{text}</p>
    </article>
  );
}

/** The stand on the counter from which a guest joins. */
function JoinPicture() {
  const t = useTranslations("site.picture");
  return (
    <div aria-hidden="true" className="grid w-full place-items-center bg-soft p-6 select-none">
      <div className="w-52 rounded-xl bg-white p-5 text-center text-black shadow-pop">
        <p className="font-semibold">{t("business")}</p>
        <QrPicture text="https://kolo.example/join/romashka" className="mx-auto mt-2 w-full" />
        <p className="mt-2 text-xs text-black/65">kolo.example/join/romashka</p>
      </div>
    </div>
  );
}
