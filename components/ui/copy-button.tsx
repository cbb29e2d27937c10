"use client";
import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { Button, type ButtonSize, type ButtonVariant } from "./button";

/** Copies `text`; says so in its own label for two seconds. Texts come from outside, so the card can use it too. */
export function CopyButton({
  text,
  label,
  copiedLabel,
  variant = "secondary",
  size = "md",
  iconOnly = false,
  className,
}: {
  text: string;
  label: string;
  copiedLabel: string;
  variant?: ButtonVariant;
  size?: ButtonSize;
  iconOnly?: boolean;
  className?: string;
}) {
  const [isCopied, setCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    setTimeout(() => setCopied(false), 2000);
  };
  const said = isCopied ? copiedLabel : label;
  return (
    <>
      <Button
        variant={variant}
        size={size}
        icon={iconOnly}
        onClick={() => void copy()}
        className={className}
        {...(iconOnly && { "aria-label": label })}
      >
        {isCopied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {!iconOnly && said}
      </Button>
      <span role="status" className="sr-only">
        {isCopied ? copiedLabel : ""}
      </span>
    </>
  );
}
