"use client";
import { ChevronDown } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import type { Entitlement, Reward } from "@/lib/program/model";
import type { Holdings } from "@/lib/sales";
import { RewardPicture } from "../rewards/reward-icon";
import { Button } from "../ui/button";
import { ask, newKey, type Trouble } from "./ask";
import { useDesk } from "./setting";
import type { Wire } from "./wire";

/** What the guest could have for points or money, behind one tap. */
export function HoldingsShop({
  memberId,
  holdings,
  onTaken,
  onTrouble,
}: {
  memberId: number;
  holdings: Wire<Holdings>;
  onTaken: () => void;
  onTrouble: (trouble: Trouble | null) => void;
}) {
  const t = useTranslations("rewards.desk");
  const { format } = useDesk();
  const affordable = holdings.shop.filter(({ problem }) => problem === null);
  if (affordable.length === 0 && holdings.forSale.length === 0) return null;
  const common = { memberId, onTaken, onTrouble };
  return (
    <details className="group border-t pt-1 text-sm">
      <summary className="flex min-h-12 list-none items-center gap-1.5 font-medium text-brand [&::-webkit-details-marker]:hidden">
        {t("more", { count: affordable.length + holdings.forSale.length })}
        <ChevronDown aria-hidden="true" className="size-4 transition-transform group-open:rotate-180" />
      </summary>
      <ul className="grid gap-2">
        {affordable.map(({ reward }) => (
          <Offer
            key={`points-${reward.id}`}
            reward={reward}
            pays="points"
            price={t("points", { points: format.points(reward.pricePoints ?? 0) })}
            {...common}
          />
        ))}
        {holdings.forSale.map((reward) => (
          <Offer
            key={`money-${reward.id}`}
            reward={reward}
            pays="money"
            price={format.money(reward.priceMinor ?? 0)}
            {...common}
          />
        ))}
      </ul>
    </details>
  );
}

function Offer({
  reward,
  pays,
  price,
  memberId,
  onTaken,
  onTrouble,
}: {
  reward: Wire<Reward>;
  pays: "points" | "money";
  price: string;
  memberId: number;
  onTaken: () => void;
  onTrouble: (trouble: Trouble | null) => void;
}) {
  const t = useTranslations("rewards.desk");
  const [step, setStep] = useState<"shown" | "asked" | "busy">("shown");
  const key = useRef<string>(undefined);
  const take = async () => {
    setStep("busy");
    key.current ??= newKey();
    const body = { memberId, rewardId: reward.id, pays };
    const answer = await ask<Entitlement>("take", { body, key: key.current });
    setStep("shown");
    if (answer.ok || answer.trouble.code !== "no_connection") key.current = undefined;
    onTrouble(answer.ok ? null : answer.trouble);
    if (answer.ok) onTaken();
  };
  return (
    <li className="grid gap-2 rounded-lg border p-3">
      <div className="flex items-center gap-3">
        <RewardPicture icon={reward.icon} color={reward.color} />
        <span className="min-w-0 flex-1">
          <span className="block text-base font-medium break-words">{reward.name}</span>
          <span className="block text-muted tabular-nums">{price}</span>
        </span>
        {step === "shown" && (
          <Button
            variant="secondary"
            size="lg"
            aria-label={t("takeOne", { name: reward.name, price })}
            onClick={() => setStep("asked")}
          >
            {t(pays === "points" ? "take" : "sell")}
          </Button>
        )}
      </div>
      {step !== "shown" && (
        <div className="grid gap-2">
          <p>{t(pays === "points" ? "sureTake" : "sureSell", { name: reward.name, price })}</p>
          <div className="grid grid-cols-2 gap-2">
            <Button variant="secondary" size="lg" disabled={step === "busy"} onClick={() => setStep("shown")}>
              {t("no")}
            </Button>
            <Button size="lg" busy={step === "busy"} onClick={() => void take()}>
              {t("yes")}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}
