import Link, { type LinkProps } from "next/link";
import type { ComponentProps } from "react";
import { cx } from "./cx";
import { Spinner } from "./spinner";

export type ButtonVariant = "primary" | "secondary" | "soft" | "ghost" | "danger" | "link";
export type ButtonSize = "sm" | "md" | "lg" | "xl";
type Look = { variant?: ButtonVariant; size?: ButtonSize; icon?: boolean; className?: string | undefined };

/** The classes of a button, for an element that must look like one (`<a>`, `<label>`, `<summary>`). */
export function buttonClass({
  variant = "primary",
  size = "md",
  icon = false,
  className,
}: Look = {}): string {
  return cx("btn", `btn-${variant}`, size !== "md" && `btn-${size}`, icon && "btn-icon", className);
}

/** A button. `icon`: square, give it an `aria-label`. `busy`: shows a spinner, keeps its width, ignores presses. */
export function Button({
  variant,
  size,
  icon,
  busy = false,
  className,
  type = "button",
  children,
  ...props
}: Omit<ComponentProps<"button">, "className"> & Look & { busy?: boolean }) {
  const look = {
    ...(variant && { variant }),
    ...(size && { size }),
    ...(icon && { icon }),
    className: cx(busy && "relative", className),
  };
  return (
    <button
      type={type}
      className={buttonClass(look)}
      aria-busy={busy || undefined}
      {...props}
      disabled={props.disabled === true || busy}
    >
      {busy && <Spinner className="absolute" />}
      {busy ? <span className="inline-flex items-center gap-2 opacity-0">{children}</span> : children}
    </button>
  );
}

type Plain = Omit<ComponentProps<typeof Button>, "variant" | "size" | "icon" | "aria-label" | "title">;

/** A small square button; its label is read out, and shown to whoever hovers. */
export function IconButton({ label, ...props }: Plain & { label: string }) {
  return <Button variant="ghost" size="sm" icon aria-label={label} title={label} {...props} />;
}

/** A link that looks like a button; its address is checked like any `Link`'s. */
export function ButtonLink<Href extends string>({
  variant,
  size,
  icon,
  className,
  ...props
}: Omit<LinkProps<Href>, "className"> & Look) {
  const look = { ...(variant && { variant }), ...(size && { size }), ...(icon && { icon }), className };
  return <Link<Href> {...props} className={buttonClass(look)} />;
}
