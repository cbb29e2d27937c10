import { route } from "@/lib/access";
import { deskQuote } from "@/lib/sales";
import { deskQuoteInput } from "@/lib/sales/schema";

/** What a bill costs, asked while it is typed: a route, because a page's actions wait for each other and cannot be called off. */
export const POST = route(deskQuoteInput, deskQuote);
