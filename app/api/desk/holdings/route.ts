import { route } from "@/lib/access";
import { deskHoldings } from "@/lib/sales";
import { deskHoldingsInput } from "@/lib/sales/schema";

/** What a member holds and could have. */
export const POST = route(deskHoldingsInput, (ctx, { memberId }) => deskHoldings(ctx, memberId));
