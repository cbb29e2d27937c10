import type { Route } from "next";
import type { ReactNode } from "react";

/**
 * A place in a shell. `exact`: current only on its very address (a start page, whose address begins all others).
 * Shape: `section` is the heading it stands under in a long list; `handy` places go into the bar of a phone.
 */
export type NavItem = {
  href: Route;
  label: string;
  icon: ReactNode;
  exact?: boolean;
  section?: string;
  handy?: boolean;
};

/** An address checked against the pages that exist, in the one type a list of addresses needs. */
export function hrefOf<Href extends string>(href: Route<Href>): Route {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- checked a line above; a list of places needs one type for all
  return href as Route;
}

/** Makes a place whose address is checked against the pages that exist: `navItem({ href: `/${locale}/desk`, … })`. */
export function navItem<Href extends string>(item: Omit<NavItem, "href"> & { href: Route<Href> }): NavItem {
  return { ...item, href: hrefOf(item.href) };
}
