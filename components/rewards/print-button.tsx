"use client";
import { Printer } from "lucide-react";
import { Button } from "../ui/button";

/** Opens the browser's print window. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button variant="secondary" onClick={() => window.print()}>
      <Printer aria-hidden="true" />
      {label}
    </Button>
  );
}
