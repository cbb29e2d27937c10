"use client";
import { useState } from "react";
import { type Key, press } from "../ui/keypad";
import { readAmount } from "./amount";
import { useDesk } from "./setting";
import type { Bill } from "./use-quote";

export type Way = "none" | "most" | "custom";
export type Focus = "total" | "points";

/** What is typed into a sale, and which of the two amounts the keypad writes. */
export function useSaleForm(maySpend: boolean) {
  const { separator } = useDesk();
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
  const bill: Bill | null =
    typedTotal.is === "amount" ? { totalMinor: typedTotal.value, points: wanted } : null;

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
    onKey,
  };
}
export type SaleForm = ReturnType<typeof useSaleForm>;
