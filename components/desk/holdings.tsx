"use client";
import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { type Entitlement, type Hold, showCertificateCode } from "@/lib/program/model";
import type { Holdings } from "@/lib/sales";
import { RewardPicture } from "../rewards/reward-icon";
import { Button } from "../ui/button";
import { Notice } from "../ui/notice";
import { ask, newKey, type Trouble } from "./ask";
import { CodeField } from "./code-field";
import { HoldingsShop } from "./holdings-shop";
import { useDesk } from "./setting";
import { useTroubleText } from "./trouble";
import type { BringsState } from "./use-brings";
import type { Wire } from "./wire";

/** What the guest holds, to be used now: set aside for the bill, handed over, or let go again. */
export function HoldingsPanel({
  memberId,
  shown,
  brings,
  onChanged,
}: {
  memberId: number | null;
  /** A code they came with, brought to the bill at once. */
  shown: string | null;
  brings: BringsState;
  /** Points or standing may have changed: price and meet anew. */
  onChanged: () => void;
}) {
  const t = useTranslations("rewards.desk");
  const say = useTroubleText();
  const [holdings, setHoldings] = useState<Wire<Holdings> | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [asked, setAsked] = useState(0);
  useEffect(() => {
    if (memberId === null) return;
    const call = new AbortController();
    const read = async () => {
      // `asked` only says that it is time to read anew; it goes along so that each reading is one of its own.
      const body = { memberId, asked };
      const answer = await ask<Holdings>("holdings", { body, signal: call.signal });
      if (call.signal.aborted) return;
      if (answer.ok) setHoldings(answer.value);
      else setTrouble(answer.trouble);
    };
    void read();
    return () => call.abort();
  }, [memberId, asked]);
  const load = () => setAsked((count) => count + 1);
  const changed = () => {
    load();
    onChanged();
  };
  return (
    <section aria-label={t("title")} className="panel grid gap-3 p-4 md:p-5">
      <h2 className="font-semibold">{t("title")}</h2>
      {trouble && (
        <Notice tone="danger" live>
          {say(trouble)}
        </Notice>
      )}
      {holdings?.stamps
        .filter((row) => row.stamps > 0)
        .map((row) => (
          <p key={row.programme.id} className="text-sm text-muted">
            {t("stamps", { name: row.programme.name, count: row.stamps, of: row.programme.needed })}
          </p>
        ))}
      {holdings && holdings.held.length > 0 && (
        <ul className="grid gap-2">
          {holdings.held.map((each) => (
            <HeldRow
              key={each.id}
              held={each}
              hold={brings.holds.find(({ entitlementId }) => entitlementId === each.id)}
              brings={brings}
              onTrouble={setTrouble}
              onChanged={load}
            />
          ))}
        </ul>
      )}
      {holdings && holdings.held.length === 0 && <p className="text-sm text-muted">{t("none")}</p>}
      {holdings?.certificates
        .filter(({ code }) => code !== brings.certificate?.code)
        .map((each) => (
          <CertificateRow key={each.id} code={each.code} balance={each.balanceMinor} brings={brings} />
        ))}
      <Certificate brings={brings} />
      <CodeField memberId={memberId} shown={shown} brings={brings} onUsed={changed} />
      {holdings && memberId !== null && (
        <HoldingsShop memberId={memberId} holdings={holdings} onTaken={changed} onTrouble={setTrouble} />
      )}
    </section>
  );
}

function HeldRow({
  held,
  hold,
  brings,
  onTrouble,
  onChanged,
}: {
  held: Wire<Entitlement>;
  hold: Wire<Hold> | undefined;
  brings: BringsState;
  onTrouble: (trouble: Trouble | null) => void;
  onChanged: () => void;
}) {
  const t = useTranslations("rewards.desk");
  const { format } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const key = useRef<string>(undefined);
  const during = async (act: () => Promise<void>) => {
    setBusy(true);
    onTrouble(null);
    await act();
    setBusy(false);
  };
  const take = async () => {
    key.current ??= newKey();
    const answer = await ask<Hold>("holds", { body: { entitlementId: held.id }, key: key.current });
    if (!answer.ok) return onTrouble(answer.trouble);
    key.current = undefined;
    brings.add(answer.value);
  };
  const settle = async (act: "confirm" | "release") => {
    if (!hold) return;
    const answer = await ask<Hold>("settle", { body: { holdId: hold.id, act } });
    if (!answer.ok && answer.trouble.code !== "hold_expired") return onTrouble(answer.trouble);
    if (!answer.ok) onTrouble(answer.trouble);
    brings.drop(hold.id);
    onChanged();
  };
  const left = held.uses - held.used - held.held;
  return (
    <li className={`grid gap-2 rounded-lg border p-3 ${hold ? "border-brand bg-soft" : ""}`}>
      <div className="flex items-center gap-3">
        <RewardPicture icon={held.icon} color={held.color} />
        <span className="min-w-0 flex-1">
          <span className="block font-medium break-words">{held.name}</span>
          <span className="block text-sm text-muted">
            {[
              held.uses > 1 ? t("left", { left: held.uses - held.used, of: held.uses }) : undefined,
              held.expiresAt ? t("until", { date: format.date(lastMoment(held.expiresAt)) }) : undefined,
            ]
              .filter((part) => part !== undefined)
              .join(" · ")}
          </span>
        </span>
        {!hold && (
          <Button
            variant="secondary"
            size="lg"
            busy={isBusy}
            disabled={left < 1}
            aria-label={t("useOne", { name: held.name })}
            onClick={() => void during(take)}
          >
            {left < 1 ? t("elsewhere") : t("use")}
          </Button>
        )}
      </div>
      {hold && (
        <div className="grid gap-2">
          <p role="status" className="text-sm text-brand">
            {t("onBill", { time: format.time(hold.holdUntil) })}
          </p>
          <div className="flex flex-wrap gap-2">
            {held.effect.kind === "thing" && (
              <Button size="lg" busy={isBusy} onClick={() => void during(() => settle("confirm"))}>
                {t("handOver")}
              </Button>
            )}
            <Button
              variant="ghost"
              size="lg"
              disabled={isBusy}
              onClick={() => void during(() => settle("release"))}
            >
              {t("release")}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

const lastMoment = (end: string) => new Date(new Date(end).getTime() - 1).toISOString();

function CertificateRow({ code, balance, brings }: { code: string; balance: number; brings: BringsState }) {
  const t = useTranslations("rewards.desk");
  const { format } = useDesk();
  return (
    <div className="flex items-center gap-3 rounded-lg border p-3">
      <RewardPicture icon="gift" color="violet" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t("certificate")}</span>
        <span className="block text-sm text-muted tabular-nums">{format.money(balance)}</span>
      </span>
      <Button
        variant="secondary"
        size="lg"
        onClick={() => brings.setCertificate({ code, balanceMinor: balance })}
      >
        {t("use")}
      </Button>
    </div>
  );
}

function Certificate({ brings }: { brings: BringsState }) {
  const t = useTranslations("rewards.desk");
  const { format } = useDesk();
  const { certificate } = brings;
  if (!certificate) return null;
  return (
    <div className="flex items-center gap-3 rounded-lg border border-brand bg-soft p-3">
      <RewardPicture icon="gift" color="violet" />
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{t("pays")}</span>
        <span className="block text-sm text-muted tabular-nums">
          {showCertificateCode(certificate.code).slice(0, 9)}-… · {format.money(certificate.balanceMinor)}
        </span>
      </span>
      <Button
        variant="ghost"
        size="lg"
        icon
        aria-label={t("dropCertificate")}
        onClick={() => brings.setCertificate(null)}
      >
        <X aria-hidden="true" />
      </Button>
    </div>
  );
}
