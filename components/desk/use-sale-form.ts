"use client";
import { useState } from "react";
import { type Key, press } from "../ui/keypad";
import { readAmount } from "./amount";
import { useDesk } from "./setting";
import type { Bill } from "./use-quote";

export type PickedLine = {
  readonly itemId: number;
  readonly name: string;
  readonly quantity: number;
  readonly amountMinor: number;
};
const sumOf = (lines: readonly PickedLine[]) => lines.reduce((sum, line) => sum + line.amountMinor, 0);
/** An amount as it would be typed. */
const amountText = (minor: bigint, separator: string) => {
  const cents = minor % 100n;
  return cents === 0n ? `${minor / 100n}` : `${minor / 100n}${separator}${cents.toString().padStart(2, "0")}`;
};

export type Way = "none" | "most" | "custom";
export type Focus = "total" | "points";

/** What is typed into a sale, and which of the two amounts the keypad writes. */
export function useSaleForm(maySpend: boolean) {
  const { separator, items } = useDesk();
  const [lines, setLines] = useState<readonly PickedLine[]>([]);
  const [total, setTotal] = useState("");
  const [points, setPoints] = useState("");
  const [receipt, setReceipt] = useState("");
  const [way, setWay] = useState<Way>("none");
  const [focus, setFocus] = useState<Focus>("total");
  const typedTotal = readAmount(total);
  const typedPoints = readAmount(points);
  // A member whose code ran out while the bill was typed may not pay with points any more.
  const chosen = maySpend ? way : "none";
  const custom = typedPoints.is === "amount" ? typedPoints.value : 0;
  const wanted = chosen === "most" ? null : chosen === "custom" ? custom : 0;
  const pickedMinor = sumOf(lines);
  const isOver = typedTotal.is === "amount" && pickedMinor > typedTotal.value;
  const bill: Bill | null =
    typedTotal.is === "amount" && !isOver ? { totalMinor: typedTotal.value, points: wanted, lines } : null;

  /** One more or one less of an item; the amount follows while it is what was picked. */
  const pick = (itemId: number, by: 1 | -1) => {
    const item = items.find(({ id }) => id === itemId);
    if (!item) return;
    const quantity = (lines.find((line) => line.itemId === itemId)?.quantity ?? 0) + by;
    const line = { itemId, name: item.name, quantity, amountMinor: quantity * item.priceMinor };
    const next = lines.some((each) => each.itemId === itemId)
      ? lines.map((each) => (each.itemId === itemId ? line : each)).filter((each) => each.quantity > 0)
      : [...lines, line];
    const follows = typedTotal.is !== "amount" || typedTotal.value === pickedMinor;
    setLines(next);
    if (follows) setTotal(next.length === 0 ? "" : amountText(BigInt(sumOf(next)), separator));
  };

  const onKey = (key: Key) => {
    const write = focus === "points" && chosen === "custom" ? setPoints : setTotal;
    write((text) => press(text.replace(separator === "," ? "." : ",", separator), key, { separator }));
  };
  return {
    total,
    setTotal,
    points,
    setPoints,
    receipt,
    setReceipt,
    way: chosen,
    setWay,
    focus,
    setFocus,
    typedTotal,
    typedPoints,
    bill,
    lines,
    pickedMinor,
    isOver,
    pick,
    onKey,
  };
}
export type SaleForm = ReturnType<typeof useSaleForm>;
