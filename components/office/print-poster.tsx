"use client";
import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";
import { posterPrinted } from "@/lib/members/actions";

/** Opens the browser's print window, and remembers that this first step was taken. */
export function PrintPoster({ label }: { label: string }) {
  const print = async () => {
    await posterPrinted(null, {}).catch(() => {});
    window.print();
  };
  return (
    <Button onClick={() => void print()}>
      <Printer aria-hidden="true" />
      {label}
    </Button>
  );
}
