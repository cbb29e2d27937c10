import { Ban } from "lucide-react";
import { BPS_WHOLE } from "@/lib/kernel/money";
import type { ShownCode } from "@/lib/members/model";
import type { Programme } from "@/lib/program";
import type { Customer } from "@/lib/sales/model";
import { tierById } from "@/lib/tiers/model";
import { Balance } from "./balance";
import { CodePanel } from "./code-panel";
import { Face, FaceTag } from "./face";
import type { OwnCard } from "./own-card";
import { Qr } from "./qr";
import { cardWords, plural } from "./words";

/** The face of one card with its figures, and the code to show; a blocked member sees why there is none. */
export async function CardBody({
  card,
  figures,
  programme,
  code,
}: {
  card: OwnCard;
  figures: Customer;
  programme: Programme;
  code: ShownCode | null;
}) {
  const { locale, t, f } = await cardWords(card.business);
  const { business } = card;
  const tier = tierById(programme.base, programme.tiers, figures.tierId);
  const words = t("points", { count: plural(figures.available) });
  const isDiscount = programme.policy === "discount";
  const balance = (
    <Balance
      hundredths={figures.available.toString()}
      locale={locale}
      spoken={`${f.points(figures.available)} ${words}`}
    />
  );
  return (
    <Face
      color={business.accent}
      title={business.name}
      corner={programme.tiers.length > 0 && <FaceTag>{tier.name}</FaceTag>}
      foot={
        code ? (
          <CodePanel
            code={code.code}
            expiresAt={code.expiresAt.toISOString()}
            qr={<Qr text={code.code} label={t("code.qr")} className="block h-auto w-full" />}
            business={business.name}
            texts={{
              title: t("code.title"),
              code: t("code.code"),
              until: t("code.until", { time: f.date(code.expiresAt, "time") }),
              enlarge: t("code.enlarge"),
              close: t("code.close"),
              show: t("code.show"),
              expired: t("code.expired"),
            }}
          />
        ) : (
          <p className="m-2 mt-0 flex items-start gap-3 rounded-xl bg-white p-4 text-sm text-black">
            <Ban aria-hidden="true" className="mt-px size-5 shrink-0" />
            <span>
              <span className="block font-semibold">{t("blocked.title")}</span>
              {t("blocked.text")}
            </span>
          </p>
        )
      }
    >
      {isDiscount ? (
        <>
          <p className="text-5xl leading-none font-semibold tracking-tight tabular-nums">
            {f.percent(tier.rateBps / BPS_WHOLE, 2)}
          </p>
          <p className="mt-2">{t("discountLabel")}</p>
          {figures.available !== 0n && (
            <p className="mt-3 font-medium">
              {balance} {words}
            </p>
          )}
        </>
      ) : (
        <>
          <p className="text-[clamp(2.5rem,14vw,3.75rem)] leading-none font-semibold tracking-[-0.04em]">
            {balance}
          </p>
          <p className="mt-2">{words}</p>
        </>
      )}
      {figures.member.name && <p className="mt-4 truncate text-sm font-medium">{figures.member.name}</p>}
    </Face>
  );
}
