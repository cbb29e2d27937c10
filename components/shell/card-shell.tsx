import type { ReactNode } from "react";
import { AccentStyle } from "../ui/accent";
import { cx } from "../ui/cx";
import { NavBar } from "./nav";
import type { NavItem } from "./nav-item";
import { SkipLink } from "./skip-link";

/**
 * The frame of the member's card: one column for one hand, in the business's colour. Ships no texts to the browser and
 * nothing but the bar's own script.
 * Shape: `head` stands above (the business's name, a way to the other cards); without `nav` there is no bar (joining,
 * signing in). `color` as the business chose it.
 */
export function CardShell({
  color,
  head,
  navLabel,
  nav,
  children,
}: {
  color?: string;
  head?: ReactNode;
  navLabel?: string;
  nav?: readonly NavItem[];
  children: ReactNode;
}) {
  return (
    <>
      {color && <AccentStyle color={color} />}
      <SkipLink />
      <div className="mx-auto flex min-h-dvh w-full max-w-md flex-col">
        {head && (
          <header className="flex min-h-14 items-center justify-between gap-3 px-4 pt-[max(0.5rem,env(safe-area-inset-top))]">
            {head}
          </header>
        )}
        <main
          id="main"
          tabIndex={-1}
          className={cx("flex flex-1 flex-col gap-5 px-4 pt-3 outline-none", nav ? "pb-28" : "pb-10")}
        >
          {children}
        </main>
      </div>
      {nav && (
        <NavBar label={navLabel ?? ""} items={nav} className="mx-auto max-w-md sm:rounded-t-xl sm:border-x" />
      )}
    </>
  );
}
