"use client";
import { useEffect, useRef, useState } from "react";
import { cx } from "@/components/ui/cx";
import { amountText } from "@/lib/platform/i18n/amount";

const COUNT_MS = 900;
const CHANGE_MS = 5_000;

/**
 * The big number. When it changes, it counts to the new one and shows the difference for a moment; screen readers hear
 * the new balance once. Units: `hundredths` as a decimal string.
 */
export function Balance({
  hundredths,
  locale,
  spoken,
  className,
}: {
  hundredths: string;
  locale: string;
  /** The balance in words: "1,234 points". */
  spoken: string;
  className?: string;
}) {
  const target = BigInt(hundredths);
  const [shown, setShown] = useState(target);
  const [change, setChange] = useState(0n);
  const before = useRef(target);

  useEffect(() => {
    const from = before.current;
    const to = BigInt(hundredths);
    before.current = to;
    if (from === to) return;
    setChange(to - from);
    const forget = setTimeout(() => setChange(0n), CHANGE_MS);
    const stop = countTo(from, to, setShown);
    return () => {
      clearTimeout(forget);
      stop();
    };
  }, [hundredths]);

  const sign = (amount: bigint) => (amount < 0n ? "−" : "");
  const size = (amount: bigint) => amountText(amount < 0n ? -amount : amount, locale);
  return (
    <span className={cx("relative inline-block tabular-nums", className)}>
      <span aria-hidden="true">{`${sign(shown)}${size(shown)}`}</span>
      <span role="status" className="sr-only">
        {spoken}
      </span>
      {change !== 0n && (
        <span
          aria-hidden="true"
          className="absolute top-full left-24 mt-1.5 animate-rise rounded-full bg-white px-2.5 py-1 text-sm leading-5 font-semibold tracking-normal whitespace-nowrap text-black shadow-pop"
        >
          {`${change > 0n ? "+" : "−"}${size(change)}`}
        </span>
      )}
    </span>
  );
}

/** Runs from one number to another, fast at first; at once for whoever asked for less motion. */
function countTo(from: bigint, to: bigint, show: (value: bigint) => void): () => void {
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) {
    show(to);
    return () => {};
  }
  const start = performance.now();
  let frame = requestAnimationFrame(function step(now) {
    const done = Math.min(1, (now - start) / COUNT_MS);
    const eased = 1 - (1 - done) ** 3;
    // Whole points on the way, the exact amount at the end.
    const between = from + (BigInt(Math.round(Number(to - from) * eased)) / 100n) * 100n;
    show(done < 1 ? between : to);
    if (done < 1) frame = requestAnimationFrame(step);
  });
  return () => {
    cancelAnimationFrame(frame);
    show(to);
  };
}
