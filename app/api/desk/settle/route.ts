import { route } from "@/lib/access";
import { deskSettle } from "@/lib/sales";
import { deskSettleInput } from "@/lib/sales/schema";

/** Hands a held thing over without a bill, or lets it go. */
export const POST = route(deskSettleInput, (ctx, input) => deskSettle(ctx, input));
