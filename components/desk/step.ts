import type { DeskSale, Guest } from "@/lib/sales";
import type { Named } from "@/lib/sales/schema";
import type { Wire } from "./wire";

/** Where the desk is with the person before it. */
export type Step =
  | { readonly at: "identify" }
  | { readonly at: "sale"; readonly by: Named; readonly guest: Wire<Guest>; readonly shown: string | null }
  | { readonly at: "done"; readonly sale: Wire<DeskSale> };

export const START: Step = { at: "identify" };
