import { route } from "@/lib/access";
import { deskGuest } from "@/lib/sales";
import { guestInput } from "@/lib/sales/schema";

/** Who stands at the desk. A body and not an address, so that no log keeps codes and phones. */
export const POST = route(guestInput, (ctx, { by }) => deskGuest(ctx, by));
