import { route } from "@/lib/access";
import { deskFind } from "@/lib/sales";
import { deskFindInput } from "@/lib/sales/schema";

/** Whose card something scanned is on. A body, so that no log keeps codes. */
export const POST = route(deskFindInput, (ctx, { code }) => deskFind(ctx, code));
