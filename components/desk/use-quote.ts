"use client";
import { useEffect, useRef, useState } from "react";
import type { DeskQuote, Guest } from "@/lib/sales";
import type { Named } from "@/lib/sales/schema";
import { ask, type Trouble } from "./ask";
import type { PickedLine } from "./use-sale-form";
import type { Wire } from "./wire";

export type Bill = {
  readonly totalMinor: number;
  readonly points: number | null;
  readonly lines: readonly PickedLine[];
};
/** What is brought to the bill: uses set aside, a certificate's code. */
export type Brings = { readonly holds: readonly number[]; readonly certificate: string | null };
/** A question can be asked again after silence. */
type Asked = Omit<Bill, "lines"> & { readonly again: number; readonly brought: string };
type Priced = {
  readonly asked: Asked;
  readonly quote: Wire<DeskQuote> | null;
  readonly trouble: Trouble | null;
};

/** Only the points are wrong: the other ways to pay this bill stand. */
const isAboutPoints = ({ code }: Trouble) => code === "points_over_limit" || code === "insufficient_points";
const PAUSE_MS = 180;
const same = (a: Asked, b: Asked) =>
  a.totalMinor === b.totalMinor && a.points === b.points && a.again === b.again && a.brought === b.brought;

/**
 * What the bill costs, asked while it is typed; a later question calls the earlier one off.
 * Shape: `quote` may be of an earlier bill; only when `isFresh` is it what would be recorded now.
 */
export function useQuote(
  by: Named,
  bill: Bill | null,
  brings: Brings,
  onGuest: (guest: Wire<Guest>) => void,
) {
  const [priced, setPriced] = useState<Priced | null>(null);
  const [again, setAgain] = useState(0);
  const tell = useRef(onGuest);
  useEffect(() => {
    tell.current = onGuest;
  }, [onGuest]);
  const { totalMinor, points } = bill ?? { totalMinor: null, points: null };
  const brought = JSON.stringify({ ...brings, lines: bill?.lines ?? [] });

  useEffect(() => {
    if (totalMinor === null) return;
    const call = new AbortController();
    const asked = { totalMinor, points, again, brought };
    const body: object = { by, totalMinor, points, ...JSON.parse(brought) };
    const price = async () => {
      const answer = await ask<DeskQuote>("quote", { body, signal: call.signal });
      if (call.signal.aborted) return;
      if (answer.ok) tell.current(answer.value.guest);
      setPriced((before) =>
        answer.ok
          ? { asked, quote: answer.value, trouble: null }
          : {
              asked,
              quote: isAboutPoints(answer.trouble) ? (before?.quote ?? null) : null,
              trouble: answer.trouble,
            },
      );
    };
    const pause = setTimeout(() => void price(), PAUSE_MS);
    return () => {
      clearTimeout(pause);
      call.abort();
    };
  }, [by, totalMinor, points, again, brought]);

  useEffect(() => {
    const retry = () => setAgain((count) => count + 1);
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, []);

  const isAnswered = bill !== null && priced !== null && same(priced.asked, { ...bill, again, brought });
  return {
    quote: bill === null ? null : (priced?.quote ?? null),
    trouble: isAnswered ? priced.trouble : null,
    isFresh: isAnswered && priced.trouble === null,
    isPending: bill !== null && !isAnswered,
    askAgain: () => setAgain((count) => count + 1),
  };
}
