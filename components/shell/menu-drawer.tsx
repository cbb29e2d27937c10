"use client";
import { Menu } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Sheet, SheetContent, SheetTrigger } from "../ui/sheet";
import { NavList, navBarItem } from "./nav";
import type { NavItem } from "./nav-item";

/** All places of the office behind one button, where there is no room for the sidebar. `children`: what stands below them. */
export function MenuDrawer({
  title,
  label,
  items,
  children,
}: {
  title: string;
  label: string;
  items: readonly NavItem[];
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Sheet open={isOpen} onOpenChange={setOpen}>
      <SheetTrigger className={`${navBarItem} text-muted`}>
        <Menu aria-hidden="true" />
        {title}
      </SheetTrigger>
      <SheetContent side="left" title={title}>
        <NavList label={label} items={items} onPick={() => setOpen(false)} />
        <div className="mt-6 border-t pt-6">{children}</div>
      </SheetContent>
    </Sheet>
  );
}
