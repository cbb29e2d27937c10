"use client";
import { useRouter } from "next/navigation";
import { useRef, useState, useTransition } from "react";
import { unanswered } from "../card/answer";
import { type RefusedTexts, refusedText } from "../card/refused-text";
import { Button } from "../ui/button";
import { buyWithPoints } from "./card-actions";

/** Buys a reward in two presses: the first asks whether it is meant, the second does it, once. */
export function CardBuy({
  slug,
  rewardId,
  texts,
  refused,
}: {
  slug: string;
  rewardId: string;
  texts: { buy: string; sure: string; yes: string; no: string; done: string };
  refused: RefusedTexts;
}) {
  const router = useRouter();
  const [isAsking, setAsking] = useState(false);
  const [said, setSaid] = useState<{ isGood: boolean; text: string }>();
  const [isBusy, start] = useTransition();
  const key = useRef<string>(undefined);
  const buy = () =>
    start(async () => {
      // The same press over a bad network is one purchase.
      key.current ??= Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) =>
        part.toString(36),
      ).join("-");
      const input = { slug, rewardId, idempotencyKey: key.current };
      const result = await buyWithPoints(null, input).catch(unanswered);
      if (result.ok || result.code !== "offline") key.current = undefined;
      setAsking(false);
      setSaid(
        result.ok
          ? { isGood: true, text: texts.done }
          : { isGood: false, text: refusedText(refused, result.code) },
      );
      if (result.ok) router.refresh();
    });
  return (
    <div className="grid gap-2">
      {isAsking ? (
        <div className="grid gap-2">
          <p className="text-sm">{texts.sure}</p>
          <div className="grid grid-cols-2 gap-2">
            <Button variant="secondary" size="lg" disabled={isBusy} onClick={() => setAsking(false)}>
              {texts.no}
            </Button>
            <Button size="lg" busy={isBusy} onClick={buy}>
              {texts.yes}
            </Button>
          </div>
        </div>
      ) : (
        <Button
          variant="soft"
          size="lg"
          onClick={() => {
            setSaid(undefined);
            setAsking(true);
          }}
        >
          {texts.buy}
        </Button>
      )}
      <div role="status">
        {said && <p className={`text-sm ${said.isGood ? "text-success" : "text-danger"}`}>{said.text}</p>}
      </div>
    </div>
  );
}
