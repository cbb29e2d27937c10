"use client";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { cx } from "../ui/cx";
import type { NavItem } from "./nav-item";

function useCurrent(): (item: NavItem) => boolean {
  const pathname = usePathname();
  return ({ href, exact }) => pathname === href || (!exact && pathname.startsWith(`${href}/`));
}

/** Places one under another by section, for a sidebar or a drawer. `onPick`: close the drawer. */
export function NavList({
  label,
  items,
  onPick,
}: {
  label: string;
  items: readonly NavItem[];
  onPick?: () => void;
}) {
  const isCurrent = useCurrent();
  return (
    <nav aria-label={label} className="grid gap-4">
      {[...Map.groupBy(items, ({ section }) => section)].map(([section, own]) => (
        <div key={section ?? ""} className="grid gap-0.5">
          {section !== undefined && (
            <p className="px-3 pb-1 text-2xs font-semibold tracking-wide text-faint uppercase">{section}</p>
          )}
          {own.map((item) => (
            <Link
              key={item.href}
              href={item.href}
              aria-current={isCurrent(item) ? "page" : undefined}
              {...(onPick && { onClick: onPick })}
              className={cx(
                "flex min-h-9 items-center gap-3 rounded-md px-3 text-[0.9375rem] font-medium transition-colors max-lg:min-h-11 [&_svg]:size-4.5 [&_svg]:shrink-0",
                isCurrent(item) ? "bg-soft text-brand" : "text-muted hover:bg-sunken hover:text-ink",
              )}
            >
              {item.icon}
              {item.label}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}

/** Places side by side along the lower edge of a phone, icon over word. `children`: one more, such as a menu button. */
export function NavBar({
  label,
  items,
  className,
  children,
}: {
  label: string;
  items: readonly NavItem[];
  className?: string;
  children?: ReactNode;
}) {
  const isCurrent = useCurrent();
  return (
    <nav
      aria-label={label}
      className={cx(
        "fixed inset-x-0 bottom-0 z-30 flex border-t bg-surface/92 pb-[env(safe-area-inset-bottom)] backdrop-blur-md",
        className,
      )}
    >
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item) ? "page" : undefined}
          className={cx(navBarItem, isCurrent(item) ? "text-brand" : "text-muted")}
        >
          {item.icon}
          <span className="max-w-full truncate">{item.label}</span>
        </Link>
      ))}
      {children}
    </nav>
  );
}

/** The classes of one place in a `NavBar`. */
export const navBarItem =
  "flex min-h-15 min-w-0 flex-1 flex-col items-center justify-center gap-1 px-1 text-2xs font-medium [&_svg]:size-5.5";

/** Places in a row of pills, for the head of a tablet. */
export function NavPills({ label, items }: { label: string; items: readonly NavItem[] }) {
  const isCurrent = useCurrent();
  return (
    <nav aria-label={label} className="flex gap-1">
      {items.map((item) => (
        <Link
          key={item.href}
          href={item.href}
          aria-current={isCurrent(item) ? "page" : undefined}
          className={cx(
            "flex min-h-11 items-center gap-2 rounded-md px-3.5 font-medium whitespace-nowrap [&_svg]:size-5",
            isCurrent(item) ? "bg-soft text-brand" : "text-muted hover:bg-sunken hover:text-ink",
          )}
        >
          {item.icon}
          <span className="max-sm:sr-only">{item.label}</span>
        </Link>
      ))}
    </nav>
  );
}
