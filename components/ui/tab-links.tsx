import type { Route } from "next";
import Link from "next/link";
import type { ReactNode } from "react";
import { cx } from "./cx";

/** Sibling pages as tabs, each with its own address. `current`: the href of the page being shown. */
export function TabLinks<Href extends string>({
  label,
  items,
  current,
  className,
}: {
  label: string;
  items: readonly { href: Route<Href>; label: ReactNode }[];
  current: string;
  className?: string;
}) {
  return (
    <nav aria-label={label} className={cx("flex gap-6 overflow-x-auto border-b", className)}>
      {items.map((item) => {
        const isCurrent = item.href === current;
        return (
          <Link
            key={item.href}
            href={item.href}
            aria-current={isCurrent ? "page" : undefined}
            className={cx(
              "-mb-px flex min-h-10 items-center border-b-2 px-0.5 text-[0.9375rem] font-medium whitespace-nowrap",
              isCurrent ? "border-brand text-ink" : "border-transparent text-muted hover:text-ink",
            )}
          >
            {item.label}
          </Link>
        );
      })}
    </nav>
  );
}
